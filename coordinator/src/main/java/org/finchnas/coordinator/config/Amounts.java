package org.finchnas.coordinator.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as text: {@code 60m}, {@code 2g}. */
public final class Amounts {

  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})([a-z])|([0-9]{1,18})");

  /** In seconds. */
  private static final Map<String, Long> TIMES = Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86400L);

  private static final Map<String, Long> SIZES =
      Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

  private Amounts() {}

  /** A time above 0, or empty if it is none. */
  public static Optional<Duration> time(String text) {
    return amount(text, TIMES).map(Duration::ofSeconds);
  }

  /** A number of bytes above 0, or empty if it is none. */
  static Optional<Long> bytes(String text) {
    return amount(text, SIZES);
  }

  static String text(Duration time) {
    return text(time.toSeconds(), TIMES);
  }

  static String text(long bytes) {
    return text(bytes, SIZES);
  }

  private static Optional<Long> amount(String text, Map<String, Long> units) {
    Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    String count = unit.isEmpty() ? matcher.group(3) : matcher.group(1);
    return Optional.ofNullable(units.get(unit))
        .map(size -> size * Long.parseLong(count))
        .filter(amount -> amount > 0);
  }

  /** In the largest unit that gives a whole number. */
  private static String text(long amount, Map<String, Long> units) {
    return units.entrySet().stream()
        .filter(unit -> amount % unit.getValue() == 0)
        .max(Map.Entry.comparingByValue())
        .map(unit -> amount / unit.getValue() + unit.getKey())
        .orElseThrow();
  }
}
