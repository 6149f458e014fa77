package org.finchnas.benchmarks;

import java.util.Arrays;

/** The middle of measurements. */
public final class Medians {

  private Medians() {}

  /** The middle value, or the mean of the two in the middle. */
  public static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
