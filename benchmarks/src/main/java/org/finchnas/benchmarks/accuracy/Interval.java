package org.finchnas.benchmarks.accuracy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A mean of few measurements with its 95 % confidence interval after Student's t.
 *
 * @param halfWidth from the mean to either end
 */
record Interval(double mean, double halfWidth) {

  /** The 97.5 % quantile of Student's t by degrees of freedom, from 1. */
  private static final List<Double> QUANTILES =
      List.of(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262);

  /** The most measurements it has a quantile for. */
  static final int MOST = QUANTILES.size() + 1;

  /**
   * @param measurements 2 to {@link #MOST}
   */
  static Interval of(double[] measurements) {
    int count = measurements.length;
    double mean = Arrays.stream(measurements).average().orElseThrow();
    double squares = Arrays.stream(measurements).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = Math.sqrt(squares / (count - 1));
    return new Interval(mean, QUANTILES.get(count - 2) * deviation / Math.sqrt(count));
  }

  boolean overlaps(Interval other) {
    return Math.abs(mean - other.mean) <= halfWidth + other.halfWidth;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f %% (%.2f to %.2f)",
        100 * mean,
        100 * (mean - halfWidth),
        100 * (mean + halfWidth));
  }
}
