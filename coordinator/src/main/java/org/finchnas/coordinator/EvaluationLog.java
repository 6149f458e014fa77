package org.finchnas.coordinator;

import java.util.List;

/** All evaluations that were told, in order; what a search is resumed from. */
public interface EvaluationLog {

  /** What was told before this process opened the log, in the order in which it was. */
  List<ToldEvaluation> told();

  /**
   * Adds the next one; it is durable when this returns.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void append(ToldEvaluation told);
}
