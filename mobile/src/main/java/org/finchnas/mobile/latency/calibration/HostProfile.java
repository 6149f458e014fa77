package org.finchnas.mobile.latency.calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.searchspace.network.Network;

/**
 * Timings of this machine, enough for a profile.
 *
 * @param networks how many are drawn at random and timed whole, besides the probes of single
 *     kernels
 * @param meter how each is timed
 */
public record HostProfile(int networks, HostTimings meter) {

  private static final LatencyRuntime RUNTIME = LatencyRuntime.TFLITE_XNNPACK;
  private static final long SEED = 20_240;

  /** With hundreds of timings, what is expected of prices hardly matters. */
  private static final double PULL = 0.003;

  /**
   * A probe's caches are warmer than a network's: it tells prices apart, and little of their size.
   */
  private static final double PROBE = 0.25;

  /** 120 networks. */
  public static final HostProfile USUAL = new HostProfile(120, HostTimings.USUAL);

  public HostProfile {
    if (networks < 2) {
      throw new IllegalArgumentException(
          "A profile needs at least 2 whole networks, not %d.".formatted(networks));
    }
  }

  /**
   * Measures; takes about a minute on a machine that does nothing else.
   *
   * @param folder for files that are deleted again
   * @param progress told the number of each round, from 1, when it is over
   */
  public List<Timing> measure(String version, Path folder, IntConsumer progress)
      throws IOException {
    List<Network> probes = CalibrationNetworks.probes();
    List<Network> all =
        Stream.concat(probes.stream(), CalibrationNetworks.sampled(networks, SEED).stream())
            .toList();
    List<Double> millis = meter.measure(all, version, folder, progress);
    List<Timing> timings = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Network network = all.get(i);
      double weight = i < probes.size() ? PROBE : 1;
      timings.add(
          new Timing(network.name(), Kernels.of(network, RUNTIME.form()), millis.get(i), weight));
    }
    return timings;
  }

  /** The prices that explain the timings. */
  public static ProfileFit fit(List<Timing> timings) {
    return ProfileFit.of(timings, RUNTIME, PULL);
  }
}
