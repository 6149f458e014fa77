package org.finchnas.mobile.latency.profile;

/**
 * How far the estimates of a profile were from timings that it was not fitted to: the shares by
 * which they differ, each as the larger over the smaller less 1.
 *
 * @param method how it was found: {@code leave one network out}
 * @param networks how many were estimated
 * @param median in [0, …)
 * @param ninetieth nine of ten differ by less
 * @param worst the largest
 * @param macsAlone the median of the same with MACs as the only feature, NaN where not tried
 */
public record ProfileError(
    String method, int networks, double median, double ninetieth, double worst, double macsAlone) {

  public ProfileError {
    if (networks < 1
        || !(median >= 0 && ninetieth >= median && worst >= ninetieth)
        || !Double.isFinite(worst)
        || macsAlone < 0) {
      throw new IllegalArgumentException(
          "error of %d networks must rise from median (%s) to ninetieth (%s) to worst (%s)."
              .formatted(networks, median, ninetieth, worst));
    }
  }
}
