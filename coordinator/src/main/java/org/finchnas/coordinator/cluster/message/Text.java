package org.finchnas.coordinator.cluster.message;

/** What others say of themselves, made fit for a terminal and a log. */
final class Text {

  static final int LONGEST_CLASS = 1000;

  private Text() {}

  /** In one line, without control characters, at most so long. */
  static String line(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }
}
