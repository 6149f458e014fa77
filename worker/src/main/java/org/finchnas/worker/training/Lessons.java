package org.finchnas.worker.training;

import java.util.List;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Normalization;

/** What a training learns from and is scored on. */
interface Lessons {

  /** How many samples it learns from. */
  int trainSize();

  /**
   * The samples it learns from.
   *
   * @param capacity samples in the largest batch
   * @param params what each counts in the loss, and whether images are mirrored
   */
  Samples train(int capacity, TrainingParams params);

  /**
   * The samples that its accuracy is measured on.
   *
   * @param capacity samples in the largest batch
   */
  Samples held(int capacity);

  Normalization normalization();

  List<String> labels();
}
