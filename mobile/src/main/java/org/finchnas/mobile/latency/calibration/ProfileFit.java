package org.finchnas.mobile.latency.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.mobile.latency.fit.CostFit;
import org.finchnas.mobile.latency.fit.LeaveOneOut;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.kernel.Tile;
import org.finchnas.mobile.latency.profile.KernelCosts;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.mobile.latency.profile.ProfileError;

/**
 * Prices of a device from timings of many models: the tile in which it computes is the one that
 * foretells best what was left out.
 *
 * @param costs fitted to all timings
 * @param error of each timing by a fit without it and its group
 */
public record ProfileFit(KernelCosts costs, ProfileError error) {

  /** Of the vector units and matrix kernels in use: none, NEON, AVX2, AVX-512. */
  private static final List<Tile> TILES =
      List.of(
          Tile.ONE,
          new Tile(1, 4),
          new Tile(6, 8),
          new Tile(1, 8),
          new Tile(5, 16),
          new Tile(1, 16),
          new Tile(7, 16),
          new Tile(7, 32));

  private static final int GROUPS = 10;

  /**
   * @param pull how strongly prices are drawn towards what is expected, see {@link CostFit}
   * @throws IllegalArgumentException if there are fewer than two timings
   */
  public static ProfileFit of(List<Timing> timings, LatencyRuntime runtime, double pull) {
    if (timings.size() < 2) {
      throw new IllegalArgumentException(
          "A profile needs at least 2 timings, not %d.".formatted(timings.size()));
    }
    List<Timing> grouped = grouped(timings);
    CostFit best =
        TILES.stream()
            .map(tile -> new CostFit(runtime, tile, pull))
            .min(Comparator.comparingDouble(fit -> mean(errors(grouped, fit))))
            .orElseThrow();
    double macs = LeaveOneOut.median(LeaveOneOut.errors(grouped, LeaveOneOut.macsAlone()));
    String method =
        "leave out one of %d groups of models".formatted(Math.min(GROUPS, timings.size()));
    ProfileError error = LeaveOneOut.summary(method, errors(grouped, best), macs);
    return new ProfileFit(best.fit(timings), error);
  }

  /** Few groups rather than each model alone: the fits would take minutes. */
  private static List<Timing> grouped(List<Timing> timings) {
    return IntStream.range(0, timings.size())
        .mapToObj(
            i ->
                new Timing(
                    "group " + i % GROUPS,
                    timings.get(i).kernels(),
                    timings.get(i).millis(),
                    timings.get(i).weight()))
        .toList();
  }

  private static List<Double> errors(List<Timing> grouped, CostFit fit) {
    return new ArrayList<>(
        LeaveOneOut.errors(
            grouped,
            (group, left) -> {
              KernelCosts costs = fit.fit(left);
              return timing -> costs.millis(timing.kernels());
            }));
  }

  /** Of the logarithms, so that one that is far off does not decide alone. */
  private static double mean(List<Double> errors) {
    return errors.stream().mapToDouble(Math::log1p).average().orElseThrow();
  }
}
