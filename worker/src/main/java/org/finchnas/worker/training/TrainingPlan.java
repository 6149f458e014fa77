package org.finchnas.worker.training;

import org.finchnas.evaluation.TrainingParams;
import org.jspecify.annotations.Nullable;

/**
 * What decides a training, besides the network and the images.
 *
 * @param epochs passes over the training images, with those that are done before it
 * @param validateEachEpoch whether the accuracy is measured after every epoch; after the last it
 *     always is. It takes a third of the time of training on as many images, and the clock must not
 *     decide, or equal searches would log different learning curves
 * @param maxSteps a training that would take more is not begun; 0 for no limit
 * @param maxBytes likewise for its memory
 * @param initial weights to begin with, or null for fresh ones
 */
public record TrainingPlan(
    TrainingParams params,
    int epochs,
    long seed,
    boolean validateEachEpoch,
    long maxSteps,
    long maxBytes,
    @Nullable InitialWeights initial) {

  public TrainingPlan {
    if (epochs < 1 || maxSteps < 0 || maxBytes < 0) {
      throw new IllegalArgumentException(
          "A training needs at least 1 epoch (%d), and limits of steps (%d) and bytes (%d) of 0"
                  .formatted(epochs, maxSteps, maxBytes)
              + " (none) or more.");
    }
    if (initial != null && initial.epochs() >= epochs) {
      throw new IllegalArgumentException(
          "A training of %d epochs in all cannot begin after %d."
              .formatted(epochs, initial.epochs()));
    }
  }

  /** Epochs that are done before this training begins. */
  int epochsBefore() {
    return initial == null ? 0 : initial.epochs();
  }
}
