package org.finchnas.searchspace.notation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.searchspace.json.Placed;
import org.finchnas.searchspace.notation.PythonTokens.Kind;
import org.finchnas.searchspace.notation.PythonTokens.Token;

/**
 * Reads Python's literals: strings, whole numbers, lists, tuples, dictionaries, {@code range} and
 * calls with named arguments, which become what dictionaries do.
 */
final class PythonLiterals {

  private static final int MAX_DEPTH = 16;
  private static final int MOST_OF_A_RANGE = 1000;

  private final ForeignText source;
  private final List<Token> tokens;

  // The token that is read next.
  private int position;

  private PythonLiterals(ForeignText source) {
    this.source = source;
    tokens = PythonTokens.of(source);
  }

  /**
   * Reads one value, which may be assigned to a name.
   *
   * @throws IllegalArgumentException if there is none, or anything after it; says where and why
   */
  static Piece value(ForeignText source) {
    PythonLiterals reader = new PythonLiterals(source);
    if (reader.peek().kind() == Kind.NAME && reader.peek(1).is('=')) {
      reader.position = 2;
    }
    Placed value = reader.value(0);
    if (reader.peek().kind() != Kind.END) {
      throw reader.error("nothing may follow here: a text holds one architecture.");
    }
    return new Piece(source, value);
  }

  /**
   * Reads assignments, each to another name.
   *
   * @throws IllegalArgumentException if there is anything else; says where and why
   */
  static Piece assignments(ForeignText source) {
    PythonLiterals reader = new PythonLiterals(source);
    Map<String, Placed.Member> members = new LinkedHashMap<>();
    while (reader.peek().kind() != Kind.END) {
      reader.namedValue(members, 0);
    }
    return new Piece(source, new Placed(members, 0, source.text().length()));
  }

  private Placed value(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("values are nested more than %d deep.".formatted(MAX_DEPTH));
    }
    Token token = next();
    return switch (token.kind()) {
      case STRING -> placed(token.text(), token);
      case NUMBER -> placed(new BigDecimal(token.text()), token);
      case NAME -> call(token, depth);
      case SIGN, END -> collection(token, depth);
    };
  }

  private Placed collection(Token open, int depth) {
    if (open.is('[')) {
      return placed(elements(']', depth), open);
    }
    if (open.is('(')) {
      return placed(elements(')', depth), open);
    }
    if (open.is('{')) {
      Map<String, Placed.Member> members = new LinkedHashMap<>();
      while (!closes('}')) {
        keyedValue(members, depth);
        separate('}');
      }
      return placed(members, open);
    }
    position--;
    throw error("a value is expected.");
  }

  private Placed call(Token name, int depth) {
    expect('(', "as a call such as %s(...)".formatted(name.text()));
    if (name.text().equals("range")) {
      return placed(range(name, elements(')', depth)), name);
    }
    Map<String, Placed.Member> arguments = new LinkedHashMap<>();
    while (!closes(')')) {
      namedValue(arguments, depth);
      separate(')');
    }
    return placed(arguments, name);
  }

  private List<Placed> elements(char close, int depth) {
    List<Placed> elements = new ArrayList<>();
    while (!closes(close)) {
      elements.add(value(depth + 1));
      separate(close);
    }
    return elements;
  }

  private List<Placed> range(Token name, List<Placed> bounds) {
    List<Integer> numbers =
        bounds.stream().map(bound -> new Piece(source, bound).integer()).toList();
    int from = numbers.size() == 2 ? numbers.get(0) : 0;
    int to = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    if (numbers.isEmpty() || numbers.size() > 2 || (long) to - from > MOST_OF_A_RANGE) {
      throw source.error(
          name.start(),
          previousEnd(),
          "a range has one or two bounds, as in range(2, 6), and at most %d numbers."
              .formatted(MOST_OF_A_RANGE));
    }
    List<Placed> elements = new ArrayList<>();
    for (int i = from; i < to; i++) {
      elements.add(placed(BigDecimal.valueOf(i), name));
    }
    return elements;
  }

  private void namedValue(Map<String, Placed.Member> members, int depth) {
    Token name = next();
    if (name.kind() != Kind.NAME) {
      position--;
      throw error("a name and = are expected.");
    }
    expect('=', "after the name " + name.text());
    put(members, name, value(depth + 1));
  }

  private void keyedValue(Map<String, Placed.Member> members, int depth) {
    Token key = next();
    if (key.kind() != Kind.STRING) {
      position--;
      throw error("a name in quotes is expected.");
    }
    expect(':', "after the name " + key.text());
    put(members, key, value(depth + 1));
  }

  private void put(Map<String, Placed.Member> members, Token name, Placed value) {
    Placed key = new Placed(name.text(), name.start(), name.end());
    if (members.put(name.text(), new Placed.Member(key, value)) != null) {
      throw source.error(name.start(), name.end(), "it is given twice.");
    }
  }

  private boolean closes(char close) {
    boolean closes = peek().is(close);
    position += closes ? 1 : 0;
    return closes;
  }

  /** A comma, which may also be the last before the end. */
  private void separate(char close) {
    if (!peek().is(close)) {
      expect(',', "or %c".formatted(close));
    }
  }

  private void expect(char sign, String where) {
    if (!peek().is(sign)) {
      throw error("%c is expected, %s.".formatted(sign, where));
    }
    position++;
  }

  private Placed placed(Object content, Token first) {
    return new Placed(content, first.start(), previousEnd());
  }

  private int previousEnd() {
    return tokens.get(position - 1).end();
  }

  private Token next() {
    Token token = peek();
    position++;
    return token;
  }

  private Token peek() {
    return peek(0);
  }

  private Token peek(int ahead) {
    return tokens.get(Math.min(position + ahead, tokens.size() - 1));
  }

  private ForeignText.PlacedException error(String rule) {
    Token token = peek();
    return source.error(
        token.start(), token.end(), token.kind() == Kind.END ? "the text ends: " + rule : rule);
  }
}
