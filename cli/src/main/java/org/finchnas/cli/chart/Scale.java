package org.finchnas.cli.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Maps values to pixels, evenly or by their logarithms, and knows the round values in between.
 *
 * @param low value at pixel {@code from}
 * @param high value at pixel {@code to}
 */
record Scale(double low, double high, boolean logarithmic, double from, double to) {

  /** From this ratio of largest to smallest value on, equal ratios get equal room. */
  private static final double LOGARITHMIC_FROM = 15;

  /** Free room beyond the outermost values, as a share of the range. */
  private static final double PADDING = 0.07;

  private static final int STEPS = 7;

  /** A scale that shows all values; shares stay within [0, 1] and counts above 0. */
  static Scale covering(double[] values, Axis.Format format, double from, double to) {
    if (values.length == 0) {
      return new Scale(0, 1, false, from, to);
    }
    double min = DoubleStream.of(values).min().getAsDouble();
    double max = DoubleStream.of(values).max().getAsDouble();
    if (format != Axis.Format.PERCENT && min > 0 && max / min >= LOGARITHMIC_FROM) {
      double factor = Math.pow(max / min, PADDING);
      return new Scale(min / factor, max * factor, true, from, to);
    }
    double range = max > min ? max - min : Math.max(Math.abs(max), 0.1) / 2;
    double low = min - PADDING * range;
    double high = max + PADDING * range;
    return new Scale(
        min >= 0 ? Math.max(0, low) : low,
        format == Axis.Format.PERCENT ? Math.min(1, high) : high,
        false,
        from,
        to);
  }

  double pixel(double value) {
    double share =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + share * (to - from);
  }

  /** Round values within the scale, in rising order. */
  List<Double> ticks() {
    return logarithmic ? logarithmicTicks() : evenTicks();
  }

  private List<Double> evenTicks() {
    double step = roundStep((high - low) / STEPS);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The least of 1, 2, 2.5 and 5 times a power of ten that is no smaller. */
  private static double roundStep(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private List<Double> logarithmicTicks() {
    boolean wide = Math.log10(high / low) > 3;
    List<Double> ticks = new ArrayList<>();
    for (int exponent = (int) Math.floor(Math.log10(low));
        Math.pow(10, exponent) <= high;
        exponent++) {
      for (int factor : wide ? new int[] {1} : new int[] {1, 2, 5}) {
        double tick = factor * Math.pow(10, exponent);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
