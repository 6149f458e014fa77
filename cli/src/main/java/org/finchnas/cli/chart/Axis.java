package org.finchnas.cli.chart;

import java.util.Locale;

/**
 * What a direction of a chart means.
 *
 * @param title with the unit: {@code multiply-accumulates (MACs)}
 */
public record Axis(String title, Format format) {

  /** How values are written at the ticks. */
  public enum Format {
    /** A share in [0, 1] as per cent. */
    PERCENT,
    /** A count with k, M or G for thousands, millions, thousand millions. */
    COUNT,
    /** A plain number. */
    NUMBER
  }

  String tick(double value) {
    return switch (format) {
      case PERCENT -> shortest(100 * value) + " %";
      case COUNT -> count(value);
      case NUMBER -> shortest(value);
    };
  }

  private static String count(double value) {
    double size = Math.abs(value);
    if (size >= 1e9) {
      return shortest(value / 1e9) + " G";
    }
    if (size >= 1e6) {
      return shortest(value / 1e6) + " M";
    }
    return size >= 1e3 ? shortest(value / 1e3) + " k" : shortest(value);
  }

  /** At most six significant digits, no trailing zeros: ticks are round numbers. */
  private static String shortest(double value) {
    String digits = String.format(Locale.ROOT, "%.4f", value);
    return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
  }
}
