package org.finchnas.worker.training;

import java.util.random.RandomGenerator;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.worker.training.Batches.Batch;

/**
 * What a network reads and should say, in batches; a batch is good until the next is asked for.
 * Positions count from 0.
 */
interface Samples {

  int size();

  /** The class of a sample, from 0. */
  int label(int position);

  /** Those at {@code order[from]} up to {@code order[to - 1]}, each as training varies it. */
  Batch augmented(int[] order, int from, int to, TrainingParams params, RandomGenerator random);

  /** Those from one position up to another, as they are. */
  Batch plain(int from, int to);
}
