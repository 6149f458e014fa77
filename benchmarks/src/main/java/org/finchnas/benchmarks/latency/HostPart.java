package org.finchnas.benchmarks.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.mobile.latency.calibration.CalibrationNetworks;
import org.finchnas.mobile.latency.calibration.HostProfile;
import org.finchnas.mobile.latency.calibration.HostTimings;
import org.finchnas.mobile.latency.fit.LeaveOneOut;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.mobile.latency.profile.KernelCosts;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.searchspace.network.Network;

/**
 * Measures this machine, fits prices, and estimates networks that were not among those measured;
 * these are measured twice, since an estimate cannot be nearer to a measurement than another one
 * is.
 */
final class HostPart {

  private static final String VERSION = "benchmark";
  private static final int NETWORKS = 65;

  /** Another than that of the networks that the prices are fitted to. */
  private static final long SEED = 77;

  /**
   * What came out, all of networks that were not fitted to.
   *
   * @param within share of estimates that differ from the measurement by at most a tenth
   * @param sameWithin the same for a second measurement of the same files
   * @param spearman rank correlation of estimates and measurements, all sizes together
   * @param worstOfASize the lowest of those within one image size
   */
  record Outcome(
      int networks,
      double median,
      double within,
      double sameWithin,
      double spearman,
      double worstOfASize) {}

  private HostPart() {}

  static Outcome run() throws IOException {
    Path folder = Files.createDirectories(Scratch.directory("latency"));
    KernelCosts costs =
        HostProfile.fit(HostProfile.USUAL.measure(VERSION, folder, round -> {})).costs();
    List<Network> networks = CalibrationNetworks.sampled(NETWORKS, SEED);
    List<Double> first = HostTimings.USUAL.measure(networks, VERSION, folder, round -> {});
    List<Double> second = HostTimings.USUAL.measure(networks, VERSION, folder, round -> {});
    List<Double> estimates =
        networks.stream()
            .map(each -> costs.millis(Kernels.of(each, LatencyRuntime.TFLITE_XNNPACK.form())))
            .toList();
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < NETWORKS; i++) {
      errors.add(LeaveOneOut.error(estimates.get(i), first.get(i)));
    }
    return new Outcome(
        NETWORKS,
        LeaveOneOut.median(errors),
        within(estimates, first),
        within(second, first),
        Ranks.spearman(estimates, first),
        worstOfASize(networks, estimates, first));
  }

  private static double within(List<Double> values, List<Double> measured) {
    long near =
        IntStream.range(0, values.size())
            .filter(i -> Math.abs(values.get(i) / measured.get(i) - 1) <= 0.1)
            .count();
    return (double) near / values.size();
  }

  private static double worstOfASize(
      List<Network> networks, List<Double> estimates, List<Double> measured) {
    return networks.stream()
        .mapToInt(network -> network.input().height())
        .distinct()
        .mapToDouble(
            size -> {
              int[] of =
                  IntStream.range(0, networks.size())
                      .filter(i -> networks.get(i).input().height() == size)
                      .toArray();
              return Ranks.spearman(at(estimates, of), at(measured, of));
            })
        .min()
        .orElseThrow();
  }

  private static List<Double> at(List<Double> values, int[] positions) {
    return IntStream.of(positions).mapToObj(values::get).toList();
  }
}
