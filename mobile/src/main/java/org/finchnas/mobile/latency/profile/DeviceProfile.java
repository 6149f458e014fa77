package org.finchnas.mobile.latency.profile;

import java.util.List;
import java.util.regex.Pattern;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.kernel.Kernel;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.searchspace.network.Network;

/**
 * What networks take on one device with one runtime, in one precision, on so many threads: prices
 * of kernels, and how far to trust them.
 *
 * @param name as it is asked for: {@code pixel-1}
 * @param device in words
 * @param source where the timings come from
 * @param date when they were taken or published, as far as that is known
 * @param made how the profile came from the timings
 * @param unseen kinds of kernels that no timing had: their prices are those expected of a device so
 *     fast
 */
public record DeviceProfile(
    String name,
    String device,
    String source,
    String date,
    LatencyRuntime runtime,
    Precision precision,
    int threads,
    String made,
    ProfileError error,
    List<KernelKind> unseen,
    KernelCosts costs) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  public DeviceProfile {
    unseen = List.copyOf(unseen);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name (%s) must be small letters, digits, dots and dashes.".formatted(name));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads (%d) must be at least 1.".formatted(threads));
    }
  }

  /**
   * What a network would take.
   *
   * @throws IllegalArgumentException if it has a layer that cannot be exported
   */
  public LatencyEstimate estimate(Network network) {
    List<KernelTime> times = Kernels.of(network, runtime.form()).stream().map(this::time).toList();
    double millis =
        costs.overheadMicros() / 1e3 + times.stream().mapToDouble(KernelTime::millis).sum();
    double factor = 1 + error.ninetieth();
    double guessed =
        times.stream()
            .filter(time -> unseen.contains(time.kernel().kind()))
            .mapToDouble(KernelTime::millis)
            .sum();
    return new LatencyEstimate(millis, millis / factor, millis * factor, guessed / millis, times);
  }

  private KernelTime time(Kernel kernel) {
    return new KernelTime(kernel, costs.millis(kernel));
  }

  /** In words: {@code ncnn, fp16, 1 thread}. */
  public String conditions() {
    return "%s, %s, %d thread%s"
        .formatted(runtime.token(), precision.token(), threads, threads == 1 ? "" : "s");
  }
}
