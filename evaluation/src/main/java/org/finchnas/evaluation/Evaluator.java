package org.finchnas.evaluation;

import java.util.concurrent.CompletableFuture;

/** Trains and scores candidates, several at a time. */
public interface Evaluator extends AutoCloseable {

  /**
   * Trains a candidate when a slot is free. What the candidate or a machine does wrong completes
   * the future with {@link Evaluation.Failed}; it completes exceptionally only when the evaluator
   * itself cannot go on (no data set, no disk), and then the search must stop.
   */
  CompletableFuture<Evaluation> submit(Candidate candidate);

  /**
   * Hears that an outcome it gave is durable, so that it need not be remembered elsewhere. Called
   * on the thread that completed the future, before its completion returns.
   */
  default void kept(Evaluation evaluation) {}

  /** How many candidates it trains at the same time. */
  int slots();

  /** Gives up what is running and frees all slots. */
  @Override
  void close();
}
