package org.finchnas.evaluation;

import java.util.Locale;

/**
 * Weights that a training begins with instead of fresh ones.
 *
 * @param number of the candidate they were trained in
 * @param weights content hash of the file that holds them
 * @param epochs of the candidate's fidelity that are done: those its weights were trained for when
 *     it is continued, 0 when they are inherited
 */
public record Start(Kind kind, int number, String weights, int epochs) {

  /** Whose weights they are. */
  public enum Kind {
    /** The same architecture's, at a lower fidelity. */
    CONTINUED,
    /** The parent's, wherever a layer is the same by role and shape; the rest starts fresh. */
    INHERITED;

    /** How it is written in logs and messages: {@code continued}. */
    public String token() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Start {
    if (number < 0 || epochs < 0 || weights.isEmpty() || (kind == Kind.CONTINUED) != (epochs > 0)) {
      throw new IllegalArgumentException(
          "A start needs the number (%d) and weights (%s) of a candidate, and epochs (%d) of at"
                  .formatted(number, weights, epochs)
              + " least 1 if it is continued, 0 if inherited (%s).".formatted(kind));
    }
  }

  /** Goes on with an evaluation at a higher fidelity. */
  public static Start continued(Evaluation.Completed from) {
    Candidate candidate = from.candidate();
    return new Start(
        Kind.CONTINUED, candidate.number(), from.weights(), candidate.fidelity().epochs());
  }

  /** Takes over what a parent learnt. */
  public static Start inherited(Evaluation.Completed parent) {
    return new Start(Kind.INHERITED, parent.candidate().number(), parent.weights(), 0);
  }
}
