package org.finchnas.searchspace.notation;

import java.util.Optional;

/** Tells by its beginning which notation a text is in. */
final class Detection {

  private Detection() {}

  static Optional<ForeignNotation> of(String text) {
    String start = skipBlanks(text);
    String name = name(start);
    String afterName = skipBlanks(start.substring(name.length()));
    boolean named = !name.isEmpty() && afterName.startsWith("=");
    if (named && SlimNotation.claims(name)) {
      return Optional.of(ForeignNotation.SLIM);
    }
    String value = named ? skipBlanks(afterName.substring(1)) : start;
    if (name(value).equals(DartsNotation.GENOTYPE)) {
      return Optional.of(ForeignNotation.DARTS);
    }
    if (!value.startsWith("{")) {
      return Optional.empty();
    }
    boolean nni = value.contains("normal/") || value.contains("reduce/");
    return Optional.of(nni || named ? ForeignNotation.NNI : ForeignNotation.JSON);
  }

  private static String skipBlanks(String text) {
    String rest = text.stripLeading();
    while (rest.startsWith("#")) {
      int end = rest.indexOf('\n');
      rest = end < 0 ? "" : rest.substring(end).stripLeading();
    }
    return rest;
  }

  private static String name(String text) {
    int end = 0;
    while (end < text.length() && PythonTokens.isNamePart(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }
}
