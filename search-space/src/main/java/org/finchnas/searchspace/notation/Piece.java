package org.finchnas.searchspace.notation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.finchnas.searchspace.json.Placed;

/** A value in a text of a tool; what is wrong with it is reported with its place. */
record Piece(ForeignText source, Placed value) {

  List<Piece> list() {
    if (value.content() instanceof List<?> elements) {
      List<Piece> pieces = new ArrayList<>();
      elements.forEach(element -> pieces.add(new Piece(source, (Placed) element)));
      return pieces;
    }
    throw error("it should be a list.");
  }

  /** A list of whole numbers. */
  List<Integer> integers() {
    return list().stream().map(Piece::integer).toList();
  }

  Members members() {
    if (value.content() instanceof Map<?, ?> map) {
      return new Members(this, map);
    }
    throw error("it should be a list of names and their values.");
  }

  String string() {
    if (value.content() instanceof String string) {
      return string;
    }
    throw error("it should be a string in quotes.");
  }

  boolean flag() {
    if (value.content() instanceof Boolean flag) {
      return flag;
    }
    throw error("it should be true or false.");
  }

  double decimal() {
    if (value.content() instanceof BigDecimal number) {
      return number.doubleValue();
    }
    throw error("it should be a number.");
  }

  int integer() {
    try {
      if (value.content() instanceof BigDecimal number) {
        return number.intValueExact();
      }
    } catch (ArithmeticException e) {
      throw error("it should be a whole number.");
    }
    throw error("it should be a whole number.");
  }

  /** Builds something of this piece; what that rejects is reported with the place. */
  <T> T build(Supplier<T> builder) {
    try {
      return builder.get();
    } catch (ForeignText.PlacedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  ForeignText.PlacedException error(String rule) {
    return source.error(value.start(), value.end(), rule);
  }
}
