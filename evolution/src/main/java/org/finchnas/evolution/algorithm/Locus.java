package org.finchnas.evolution.algorithm;

/**
 * One position of an encoding.
 *
 * @param choices its values are 0 … choices - 1; one choice means it is fixed
 */
public record Locus(Kind kind, int choices) {

  /** Which mutation changes it. */
  public enum Kind {
    HIDDEN_STATE,
    OPERATION,
    MACRO
  }

  public Locus {
    if (choices < 1) {
      throw new IllegalArgumentException(
          "A locus (%s) needs at least one choice, but has %d.".formatted(kind, choices));
    }
  }
}
