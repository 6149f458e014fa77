package org.finchnas.searchspace.notation;

/**
 * A text in the notation of a tool, for errors that point into it.
 *
 * @param tool as a message names it
 */
record ForeignText(String tool, String text) {

  private static final int MOST_SHOWN = 60;

  /**
   * @param start index of the first character of what is wrong
   * @param end index after its last
   */
  PlacedException error(int start, int end, String rule) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < start; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new PlacedException(
        "%s, line %d, character %d, \"%s\": %s"
            .formatted(tool, line, start - lineStart + 1, shown(start, end), rule));
  }

  private String shown(int start, int end) {
    String piece = text.substring(start, end).replaceAll("\\s+", " ");
    return piece.length() <= MOST_SHOWN ? piece : piece.substring(0, MOST_SHOWN) + "…";
  }

  /** An error that already names its place. */
  static final class PlacedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    PlacedException(String message) {
      super(message);
    }
  }
}
