package org.finchnas.coordinator;

import java.util.concurrent.CompletableFuture;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that was asked and not yet told.
 *
 * @param isSubmitted whether the evaluator was given it, to train it
 */
record Flight(
    Candidate candidate,
    @Nullable Integer duplicateOf,
    boolean isSubmitted,
    CompletableFuture<Evaluation> outcome) {

  static Flight known(Candidate candidate, @Nullable Integer duplicateOf, Evaluation outcome) {
    return new Flight(candidate, duplicateOf, false, CompletableFuture.completedFuture(outcome));
  }

  int number() {
    return candidate.number();
  }

  /** This, as soon as its outcome is known. */
  CompletableFuture<Flight> landing() {
    return outcome.thenApply(known -> this);
  }
}
