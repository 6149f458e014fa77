package org.finchnas.searchspace.json;

/** A text that is no JSON. */
public final class JsonException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final int position;
  private final String rule;

  JsonException(int position, String rule) {
    super("at character %d: %s".formatted(position + 1, rule));
    this.position = position;
    this.rule = rule;
  }

  /** Index of the first character that does not fit. */
  public int position() {
    return position;
  }

  /** What is wrong, without the place. */
  public String rule() {
    return rule;
  }
}
