package org.finchnas.mobile.latency.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param doubts sentences on why the timings may be wrong; none if nothing speaks against them
 */
public record ProfileFit(KernelCosts costs, ProfileError error, List<String> doubts) {

  /** No model is so unlike all others; units are that far apart. */
  private static final double MOST_UNLIKE = 10;

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

  public ProfileFit {
    doubts = List.copyOf(doubts);
  }

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
    return new ProfileFit(best.fit(timings), error, doubts(timings, grouped, best, error));
  }

  private static List<String> doubts(
      List<Timing> timings, List<Timing> grouped, CostFit fit, ProfileError error) {
    List<String> doubts = new ArrayList<>();
    Map<String, KernelCosts> without = new HashMap<>();
    for (int i = 0; i < timings.size(); i++) {
      Timing timing = timings.get(i);
      KernelCosts others =
          without.computeIfAbsent(
              grouped.get(i).network(), group -> fit.fit(allBut(group, grouped)));
      double factor = timing.millis() / others.millis(timing.kernels());
      if (factor > MOST_UNLIKE || factor < 1 / MOST_UNLIKE) {
        doubts.add(
            "%s takes %.3g ms, %.3g times what the other models lead to expect. Check its unit, or time it again."
                .formatted(timing.network(), timing.millis(), factor));
      }
    }
    if (error.median() >= error.macsAlone()) {
      doubts.add(
          "Multiply-accumulates alone foretell these timings as well as the profile does: they may not be of these models. Time them again before you rely on it.");
    }
    return doubts;
  }

  private static List<Timing> allBut(String group, List<Timing> grouped) {
    return grouped.stream().filter(timing -> !timing.network().equals(group)).toList();
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
