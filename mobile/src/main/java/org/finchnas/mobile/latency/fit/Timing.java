package org.finchnas.mobile.latency.fit;

import java.util.Arrays;
import java.util.List;
import org.finchnas.mobile.latency.kernel.Kernel;
import org.finchnas.mobile.latency.kernel.KernelKind;

/**
 * How long something took on a device.
 *
 * @param network what it was; timings of one network, at several image sizes say, are left out
 *     together
 * @param kernels it consists of
 * @param millis one inference, batch 1
 * @param weight in a fit: 1 for what estimates are to be good for, less for what only helps to tell
 *     prices apart, whose errors are not told
 */
public record Timing(String network, List<Kernel> kernels, double millis, double weight) {

  public Timing {
    kernels = List.copyOf(kernels);
    if (kernels.isEmpty()
        || !(millis > 0 && Double.isFinite(millis))
        || !(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "%s: %s ms for %d kernels is no timing.".formatted(network, millis, kernels.size()));
    }
  }

  /** With the full weight. */
  public Timing(String network, List<Kernel> kernels, double millis) {
    this(network, kernels, millis, 1);
  }

  /** Multiply-accumulates of all convolutions and dense layers. */
  public double macs() {
    return kernels.stream().filter(kernel -> kernel.kind().hasMacs()).mapToLong(Kernel::macs).sum();
  }

  /** The same on a device so many times as fast. */
  Timing faster(double factor) {
    return new Timing(network, kernels, millis / factor, weight);
  }

  /** The kinds of kernels that none of the timings has: a fit leaves their prices as expected. */
  public static List<KernelKind> unseen(List<Timing> timings) {
    return Arrays.stream(KernelKind.values())
        .filter(
            kind ->
                timings.stream()
                    .flatMap(timing -> timing.kernels().stream())
                    .noneMatch(kernel -> kernel.kind() == kind))
        .toList();
  }
}
