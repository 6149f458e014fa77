package org.finchnas.worker.training;

import org.finchnas.evaluation.FailureReason;

/** Ends a training from inside; becomes {@link TrainingOutcome.Rejected}. */
public final class RejectedTrainingException extends Exception {

  private final TrainingOutcome.Rejected outcome;

  RejectedTrainingException(FailureReason reason, String message) {
    super(message);
    this.outcome = new TrainingOutcome.Rejected(reason, message);
  }

  public TrainingOutcome.Rejected outcome() {
    return outcome;
  }
}
