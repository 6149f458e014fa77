package org.finchnas.coordinator;

import java.time.Duration;
import org.finchnas.evaluation.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as the strategy was told it: one line of the log.
 *
 * @param duplicateOf the number of the candidate whose result this is, or null if it was trained
 * @param elapsed how long the search had been running when it was told, pauses between a stop and a
 *     resume not counted; the wall-time budget is read from here, so that a resumed search ends
 *     where it would have ended
 */
public record ToldEvaluation(
    Evaluation evaluation, @Nullable Integer duplicateOf, Duration elapsed) {

  public ToldEvaluation {
    if (elapsed.isNegative()) {
      throw new IllegalArgumentException("elapsed (%s) must be 0 or more.".formatted(elapsed));
    }
    if (duplicateOf != null
        && (duplicateOf < 0 || duplicateOf >= evaluation.candidate().number())) {
      throw new IllegalArgumentException(
          "duplicateOf (%d) must be the number of a candidate before %d."
              .formatted(duplicateOf, evaluation.candidate().number()));
    }
  }

  public int number() {
    return evaluation.candidate().number();
  }
}
