package org.finchnas.searchspace.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of JSON (RFC 8259) without {@code null}, which no file of Finch holds. Objects
 * become maps in their order, with each key once, arrays lists, strings strings, numbers {@link
 * BigDecimal}s, {@code true} and {@code false} booleans.
 */
public final class Json {

  private static final int MAX_DEPTH = 16;

  private final String text;

  // Where reading has got to.
  private int position;

  private Json(String text) {
    this.text = text;
  }

  /**
   * @throws JsonException if the text is not one such value; says where and why
   */
  public static Object read(String text) {
    return readPlaced(text).plain();
  }

  /**
   * The same with the place of every value.
   *
   * @throws JsonException if the text is not one such value; says where and why
   */
  public static Placed readPlaced(String text) {
    Json json = new Json(text);
    Placed value = json.value(0);
    json.skipBlanks();
    if (json.position < text.length()) {
      throw json.error("nothing may follow the value");
    }
    return value;
  }

  /** A string as JSON, in ASCII. */
  public static String quote(String string) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private Placed value(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("values are nested more than %d deep".formatted(MAX_DEPTH));
    }
    skipBlanks();
    int start = position;
    Object content =
        switch (peek()) {
          case '{' -> object(depth);
          case '[' -> array(depth);
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          default -> number();
        };
    return new Placed(content, start, position);
  }

  private Boolean word(String word, boolean value) {
    if (!text.startsWith(word, position)) {
      throw error("an object, array, string, number, true or false is expected");
    }
    position += word.length();
    return value;
  }

  private Map<String, Placed.Member> object(int depth) {
    Map<String, Placed.Member> members = new LinkedHashMap<>();
    position++;
    if (closes('}')) {
      return members;
    }
    do {
      skipBlanks();
      int start = position;
      String key = string();
      Placed placed = new Placed(key, start, position);
      skipBlanks();
      expect(':');
      if (members.put(key, new Placed.Member(placed, value(depth + 1))) != null) {
        throw error("the key %s is given twice".formatted(quote(key)));
      }
    } while (continues('}'));
    return members;
  }

  private List<Placed> array(int depth) {
    List<Placed> elements = new ArrayList<>();
    position++;
    if (closes(']')) {
      return elements;
    }
    do {
      elements.add(value(depth + 1));
    } while (continues(']'));
    return elements;
  }

  private boolean closes(char end) {
    skipBlanks();
    boolean closes = peek() == end;
    position += closes ? 1 : 0;
    return closes;
  }

  /** Whether a comma follows; otherwise the end must. */
  private boolean continues(char end) {
    skipBlanks();
    if (peek() == ',') {
      position++;
      return true;
    }
    expect(end);
    return false;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = next();
      if (c < ' ') {
        throw error("a control character in a string must be escaped");
      }
      string.append(c == '\\' ? escape() : c);
    }
    position++;
    return string.toString();
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw error("\\%c is no escape".formatted(c));
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw error("\\u needs four hexadecimal digits");
      }
      code = 16 * code + digit;
    }
    return (char) code;
  }

  private BigDecimal number() {
    int start = position;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('-')) {
        skip('+');
      }
      digits();
    }
    if (position - start > 400) {
      throw error("a number has more than 400 characters");
    }
    return new BigDecimal(text.substring(start, position));
  }

  private void digits() {
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw error("an object, array, string, number, true or false is expected");
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean skip(char c) {
    boolean there = position < text.length() && text.charAt(position) == c;
    position += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw error("'%c' is expected".formatted(c));
    }
    position++;
  }

  private char next() {
    char c = peek();
    position++;
    return c;
  }

  private char peek() {
    if (position >= text.length()) {
      throw error("the text ends too early");
    }
    return text.charAt(position);
  }

  private void skipBlanks() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private JsonException error(String rule) {
    return new JsonException(position, rule);
  }
}
