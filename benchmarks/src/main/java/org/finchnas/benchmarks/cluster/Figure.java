package org.finchnas.benchmarks.cluster;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something measured.
 *
 * @param name in JSON, with its unit
 * @param label for people
 * @param target what it should be; null if it is only reported
 */
record Figure(String name, String label, double value, @Nullable Target target) {

  private static final String SEPARATOR = "\t";

  /** A bound, from above or from below. */
  record Target(boolean atMost, double bound) {

    boolean isMet(double value) {
      return atMost ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
      return (atMost ? "<= " : ">= ") + number(bound);
    }
  }

  static Figure of(String name, String label, double value) {
    return new Figure(name, label, value, null);
  }

  static Figure atMost(double bound, String name, String label, double value) {
    return new Figure(name, label, value, new Target(true, bound));
  }

  static Figure atLeast(double bound, String name, String label, double value) {
    return new Figure(name, label, value, new Target(false, bound));
  }

  /** A line for another process. */
  String encoded() {
    String bound = target == null ? "" : target.atMost() + SEPARATOR + target.bound();
    return String.join(SEPARATOR, name, label, Double.toString(value), bound);
  }

  static Figure decoded(String line) {
    String[] parts = line.split(SEPARATOR);
    Target target =
        parts.length > 3
            ? new Target(Boolean.parseBoolean(parts[3]), Double.parseDouble(parts[4]))
            : null;
    return new Figure(parts[0], parts[1], Double.parseDouble(parts[2]), target);
  }

  String line() {
    Target bound = target;
    String beside =
        bound == null
            ? ""
            : "   target %s%s".formatted(bound, bound.isMet(value) ? "" : "   MISSED");
    return "  %-58s %12s%s".formatted(label, number(value), beside);
  }

  String json() {
    return "\"%s\": %s".formatted(name, number(value));
  }

  private static String number(double value) {
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.1f" : "%.3f", value);
  }
}
