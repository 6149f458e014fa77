package org.finchnas.mobile.latency.fit;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.mobile.latency.profile.KernelCosts;

/**
 * How the prices of kernels stand to each other on several devices of one runtime: of few networks
 * each, too little to tell it for one device alone.
 */
public final class SharedShape {

  private static final int ROUNDS = 6;

  private SharedShape() {}

  /**
   * Prices for a device of average speed.
   *
   * @param devices the timings of each
   * @throws IllegalArgumentException if there are none
   */
  public static KernelCosts of(List<List<Timing>> devices, CostFit fit) {
    List<List<Timing>> evened = devices.stream().filter(timings -> !timings.isEmpty()).toList();
    KernelCosts shape = Prices.expected(fit.runtime());
    for (int round = 0; round < ROUNDS; round++) {
      KernelCosts current = shape;
      evened = evened.stream().map(timings -> evened(timings, current)).toList();
      List<Timing> all = new ArrayList<>();
      evened.forEach(all::addAll);
      shape = fit.fit(all);
    }
    return shape;
  }

  /** As if the device were as fast as the shape says. */
  private static List<Timing> evened(List<Timing> timings, KernelCosts shape) {
    double logs =
        timings.stream()
            .mapToDouble(timing -> Math.log(timing.millis() / shape.millis(timing.kernels())))
            .average()
            .orElseThrow();
    return timings.stream().map(timing -> timing.faster(Math.exp(logs))).toList();
  }
}
