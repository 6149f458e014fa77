package org.finchnas.cli.chart;

/**
 * A mark in a chart.
 *
 * @param label short text beside it and in its tooltip; empty for none
 */
public record Point(double x, double y, String label) {

  public Point {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException(
          "Only finite values can be drawn, but %s lies at (%s, %s).".formatted(label, x, y));
    }
  }
}
