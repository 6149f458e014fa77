package org.finchnas.worker.training;

import org.finchnas.evaluation.FailureReason;

/** Ends a training from inside; becomes {@link TrainingOutcome.Rejected}. */
final class RejectedTrainingException extends Exception {

  private final TrainingOutcome.Rejected outcome;

  RejectedTrainingException(FailureReason reason, String message) {
    super(message);
    this.outcome = new TrainingOutcome.Rejected(reason, message);
  }

  TrainingOutcome outcome() {
    return outcome;
  }
}
