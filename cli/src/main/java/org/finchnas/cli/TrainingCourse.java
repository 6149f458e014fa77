package org.finchnas.cli;

import java.util.List;
import java.util.Map;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;

/** One way for a network to come to its weights, which may be stopped and goes on. */
interface TrainingCourse {

  /** What people are told before it. */
  List<String> lines(String name);

  /** How many there are in all. */
  int epochs();

  /** Whether an equal one was begun and left a checkpoint. */
  boolean isBegun();

  /** From its start, or from the last checkpoint. */
  TrainingOutcome train(TrainingListener listener);

  /** It is over, and what came of it is safe. */
  void discard();

  /** What the model's record says of it. */
  Map<String, Object> provenance();
}
