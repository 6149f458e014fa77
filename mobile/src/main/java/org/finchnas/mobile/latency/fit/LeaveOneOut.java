package org.finchnas.mobile.latency.fit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.finchnas.mobile.latency.profile.ProfileError;

/** How far estimates are off for networks that were not fitted to. */
public final class LeaveOneOut {

  private LeaveOneOut() {}

  /**
   * Fits without each network in turn and estimates it.
   *
   * @param fit makes an estimator, in milliseconds, from the timings that are left and the name of
   *     the network that is not among them
   * @return one error a timing of full weight: the larger of estimate and timing over the smaller,
   *     less 1
   */
  public static List<Double> errors(List<Timing> timings, Fit fit) {
    List<Double> errors = new ArrayList<>();
    for (String network : timings.stream().map(Timing::network).distinct().toList()) {
      List<Timing> left = timings.stream().filter(t -> !t.network().equals(network)).toList();
      ToDoubleFunction<Timing> estimator = fit.without(network, left);
      timings.stream()
          .filter(timing -> timing.network().equals(network) && timing.weight() == 1)
          .forEach(timing -> errors.add(error(estimator.applyAsDouble(timing), timing.millis())));
    }
    return errors;
  }

  /** The larger over the smaller, less 1. */
  public static double error(double estimate, double millis) {
    return Math.max(estimate / millis, millis / estimate) - 1;
  }

  /** Makes an estimator from what is left. */
  @FunctionalInterface
  public interface Fit {
    ToDoubleFunction<Timing> without(String network, List<Timing> left);
  }

  /** MACs as the only feature: what a profile must be better than. */
  public static Fit macsAlone() {
    return (network, left) -> MacsAlone.of(left)::millis;
  }

  /** A summary, as a profile holds it. */
  public static ProfileError summary(String method, List<Double> errors, double macsAlone) {
    List<Double> sorted = errors.stream().sorted().toList();
    return new ProfileError(
        method,
        sorted.size(),
        quantile(sorted, 0.5),
        quantile(sorted, 0.9),
        quantile(sorted, 1),
        macsAlone);
  }

  public static double median(Collection<Double> values) {
    return quantile(values.stream().sorted().toList(), 0.5);
  }

  /** Between two values in proportion. */
  private static double quantile(List<Double> sorted, double share) {
    double position = share * (sorted.size() - 1);
    int below = (int) position;
    double low = sorted.get(below);
    double high = sorted.get(Math.min(below + 1, sorted.size() - 1));
    return low + (position - below) * (high - low);
  }
}
