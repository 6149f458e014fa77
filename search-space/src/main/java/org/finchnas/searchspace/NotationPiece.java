package org.finchnas.searchspace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a notation that knows where it stands, so that an error can point at it.
 *
 * @param whole the notation
 * @param start index of its first character
 * @param end index after its last
 */
record NotationPiece(String whole, int start, int end) {

  String text() {
    return whole.substring(start, end);
  }

  List<NotationPiece> split(char separator) {
    List<NotationPiece> pieces = new ArrayList<>();
    int from = start;
    for (int i = start; i < end; i++) {
      if (whole.charAt(i) == separator) {
        pieces.add(new NotationPiece(whole, from, i));
        from = i + 1;
      }
    }
    pieces.add(new NotationPiece(whole, from, end));
    return pieces;
  }

  /** The parts before and after the first separator. */
  List<NotationPiece> splitOnce(char separator, String form) {
    int at = whole.indexOf(separator, start);
    if (at < 0 || at >= end) {
      throw error("it should have the form %s.".formatted(form));
    }
    return List.of(new NotationPiece(whole, start, at), new NotationPiece(whole, at + 1, end));
  }

  int integer() {
    return read(Integer::parseInt, "a whole number");
  }

  double decimal() {
    return read(Double::parseDouble, "a number");
  }

  boolean flag() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error("it should be true or false.");
    };
  }

  private <T> T read(Function<String, T> reader, String kind) {
    try {
      return reader.apply(text());
    } catch (NumberFormatException e) {
      throw error("it should be %s.".formatted(kind));
    }
  }

  /** Builds something of this piece; what it rejects is reported with the place. */
  <T> T build(Function<String, T> builder) {
    try {
      return builder.apply(text());
    } catch (NotationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  NotationException error(String rule) {
    return new NotationException(
        "Architecture notation, character %d, \"%s\": %s".formatted(start + 1, text(), rule));
  }

  /** An error that already names its place. */
  static final class NotationException extends IllegalArgumentException {
    NotationException(String message) {
      super(message);
    }
  }
}
