package org.finchnas.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {
  private Quantity() {}

  /** Thousands in groups: 5 289 978. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  /** So many of a thing: 1 slot, 2 searches, 5 epochs. */
  static String of(long value, String thing) {
    String plural = thing.endsWith("rch") || thing.endsWith("ss") ? "es" : "s";
    return count(value) + " " + thing + (value == 1 ? "" : plural);
  }

  /** Three digits with a prefix: 564 M, 12.3 k. */
  static String rounded(double value) {
    String[] prefixes = {"", " k", " M", " G", " T"};
    int prefix = 0;
    double scaled = value;
    while (scaled >= 999.5 && prefix < prefixes.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    String digits = scaled >= 99.95 || prefix == 0 ? "%.0f" : scaled >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, digits, scaled) + prefixes[prefix];
  }

  static String bytes(long value) {
    return rounded((double) value).replaceAll("(?<=\\d)$", " ") + "B";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** A rank correlation; NaN, of values that are all equal, is undefined. */
  static String kendallTau(double tau, int candidates) {
    return Double.isNaN(tau)
        ? "Kendall tau of %d candidates undefined, all equal".formatted(candidates)
        : String.format(Locale.ROOT, "Kendall tau %.2f of %d candidates", tau, candidates);
  }

  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return "%d min %02d s".formatted(seconds / 60, seconds % 60);
    }
    return "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.1f ms", millis);
  }
}
