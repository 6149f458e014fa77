package org.finchnas.evaluation;

import java.util.Locale;

/** Why a candidate has no accuracy. */
public enum FailureReason {
  /** The loss or a weight became infinite or not a number. */
  DIVERGED,
  /** It needs more memory than a slot has. */
  MEMORY,
  /** It took more steps than allowed. */
  STEPS,
  /** Its layers do not fit the images. */
  INVALID,
  /** A slot died, hung or was lost, as often as it was retried; says nothing of the candidate. */
  MACHINE;

  /** How it is written in logs and answers: {@code diverged}. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return token();
  }
}
