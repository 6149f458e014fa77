package org.finchnas.coordinator;

import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evolution.Proposal;

/**
 * Watches a search, for display only. All but {@link #finished} are called by the thread that runs
 * the search.
 */
public interface SearchListener {

  /** Watches nothing. */
  SearchListener NONE = new SearchListener() {};

  /** A candidate got its number and was handed to the evaluator. */
  default void asked(Candidate candidate) {}

  /** A proposal was dropped. */
  default void rejected(Proposal proposal, String reason) {}

  /** A training ended, in whatever order, on whatever thread. */
  default void finished(Evaluation evaluation) {}

  /** The strategy learnt of it and it is in the log. */
  default void told(ToldEvaluation told) {}

  /** The strategy was told what the log of an interrupted run held. */
  default void replayed(ToldEvaluation told) {}
}
