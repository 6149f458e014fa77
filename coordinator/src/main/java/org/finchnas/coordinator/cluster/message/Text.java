package org.finchnas.coordinator.cluster.message;

/** What others say of themselves, made fit for a terminal and a log. */
public final class Text {

  static final int LONGEST_CLASS = 1000;

  private static final int LONGEST_KEY = 100;

  private Text() {}

  /**
   * @throws IllegalArgumentException if it is longer than the name of any work
   */
  static void requireKey(String key) {
    if (key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "The name of work has at most %d characters, not %d."
              .formatted(LONGEST_KEY, key.length()));
    }
  }

  /** In one line, without control characters, at most so long. */
  public static String line(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }
}
