package org.finchnas.coordinator;

import java.util.Optional;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;

/**
 * Evaluations that are finished, told or not: what makes sure that nothing is trained twice. Used
 * by several threads.
 */
public interface FinishedEvaluations {

  /** What became of exactly this candidate (number, architecture, fidelity and seed). */
  Optional<Evaluation> find(Candidate candidate);

  /**
   * Keeps it; it is durable when this returns.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void put(Evaluation evaluation);
}
