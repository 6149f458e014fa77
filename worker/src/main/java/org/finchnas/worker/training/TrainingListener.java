package org.finchnas.worker.training;

import org.finchnas.evaluation.Epoch;

/** Is told how a training comes along, on its thread. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * It goes on from a checkpoint instead of beginning.
   *
   * @param epochs how many were over then, at least 1
   */
  default void resumed(int epochs) {}

  /**
   * An epoch is over.
   *
   * @param epochs how many are, from 1
   */
  void epoch(int epochs, Epoch last);
}
