package org.finchnas.searchspace.notation;

import java.util.ArrayList;
import java.util.List;

/** Cuts Python literals into tokens; blanks, line breaks and comments are left out. */
final class PythonTokens {

  private static final String SIGNS = "()[]{}=,:";

  private final ForeignText source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  // Where cutting has got to.
  private int position;

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SIGN,
    END
  }

  /**
   * @param text the string itself of a string, else as it stands in the text
   * @param start index of its first character
   * @param end index after its last
   */
  record Token(Kind kind, String text, int start, int end) {
    boolean is(char sign) {
      return kind == Kind.SIGN && text.charAt(0) == sign;
    }
  }

  private PythonTokens(ForeignText source) {
    this.source = source;
    text = source.text();
  }

  /**
   * All tokens, the last an {@link Kind#END}.
   *
   * @throws IllegalArgumentException if a character fits into none; says where
   */
  static List<Token> of(ForeignText source) {
    PythonTokens cut = new PythonTokens(source);
    while (cut.next()) {}
    return cut.tokens;
  }

  static boolean isNamePart(char c) {
    return c == '_' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private boolean next() {
    skipBlanks();
    int start = position;
    if (start == text.length()) {
      tokens.add(new Token(Kind.END, "", start, start));
      return false;
    }
    char c = text.charAt(position++);
    if (c == '\'' || c == '"') {
      string(c, start);
    } else if (SIGNS.indexOf(c) >= 0) {
      add(Kind.SIGN, start);
    } else if (isDigit(c) || c == '-') {
      number(start);
    } else if (isNamePart(c)) {
      name(start);
    } else {
      throw source.error(start, position, "this character is not expected.");
    }
    return true;
  }

  private void skipBlanks() {
    boolean comment = false;
    while (position < text.length()) {
      char c = text.charAt(position);
      comment = c != '\n' && (comment || c == '#');
      if (!comment && !Character.isWhitespace(c)) {
        return;
      }
      position++;
    }
  }

  private void string(char quote, int start) {
    int end = text.indexOf(quote, position);
    String string = end < 0 ? text.substring(position) : text.substring(position, end);
    if (end < 0 || string.indexOf('\n') >= 0) {
      throw source.error(
          start, start + 1, "this string has no end: a %c is missing.".formatted(quote));
    }
    if (string.indexOf('\\') >= 0) {
      throw source.error(start, end + 1, "no name has a backslash in it.");
    }
    position = end + 1;
    tokens.add(new Token(Kind.STRING, string, start, position));
  }

  private void number(int start) {
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    boolean nameFollows = position < text.length() && isNamePart(text.charAt(position));
    boolean tooLong = position - start > 10;
    if (nameFollows || tooLong || text.charAt(position - 1) == '-') {
      throw source.error(start, position, "a whole number is expected.");
    }
    add(Kind.NUMBER, start);
  }

  private void name(int start) {
    while (position < text.length() && isNamePart(text.charAt(position))) {
      position++;
    }
    add(Kind.NAME, start);
  }

  private void add(Kind kind, int start) {
    tokens.add(new Token(kind, text.substring(start, position), start, position));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
