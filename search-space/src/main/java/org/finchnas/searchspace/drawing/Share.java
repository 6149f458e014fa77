package org.finchnas.searchspace.drawing;

import java.util.List;
import java.util.Locale;

/** A part of a whole as number, percentage and bar; the exact number shows under the pointer. */
record Share(long part, long whole, String unit) {

  static final double WIDTH = 96;

  private static final String INK = "#1d232b";
  private static final String QUIET = "#7a838f";
  private static final String TRACK = "#e4e8ec";
  private static final String BAR = "#2f6fb5";

  private static final double BAR_HEIGHT = 8;
  private static final List<String> PREFIXES = List.of("", " k", " M", " G", " T");

  void draw(Svg svg, double left, double middle) {
    double share = whole == 0 ? 0 : (double) part / whole;
    svg.open(left, middle);
    svg.tooltip(String.format(Locale.ROOT, "%,d %s", part, unit));
    svg.leftText(0, -9, "fill=\"" + INK + "\"", shortened(part));
    svg.rightText(WIDTH, -9, "fill=\"" + QUIET + "\"", percent(share));
    svg.rectangle(new Box(0, 2, WIDTH, BAR_HEIGHT), 2, TRACK, "none");
    if (share > 0) {
      svg.rectangle(new Box(0, 2, WIDTH * share, BAR_HEIGHT), 2, BAR, "none");
    }
    svg.close();
  }

  private static String percent(double share) {
    return share > 0 && share < 0.005 ? "<1 %" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** In three digits. */
  static String shortened(long count) {
    double value = count;
    int prefix = 0;
    while (value >= 999.5 && prefix < PREFIXES.size() - 1) {
      value /= 1000;
      prefix++;
    }
    int decimals = prefix == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value) + PREFIXES.get(prefix);
  }
}
