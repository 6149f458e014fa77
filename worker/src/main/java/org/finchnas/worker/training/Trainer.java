package org.finchnas.worker.training;

import org.finchnas.searchspace.network.Network;

/** Trains networks, one at a time, on the calling thread. */
public final class Trainer {

  private Trainer() {}

  /**
   * Trains a network from the start, or from where an equal training left a checkpoint.
   *
   * <p>What cannot be trained is rejected: a training over a limit of its plan before its first
   * step, one whose loss or weights stop being finite when that happens.
   *
   * @throws OutOfMemoryError if memory runs out in spite of the limits
   * @throws java.io.UncheckedIOException if a checkpoint cannot be written or read
   */
  public static TrainingOutcome train(
      Network network,
      TrainingImages images,
      TrainingPlan plan,
      Checkpoints checkpoints,
      TrainingListener listener) {
    return train(network, new ImageLessons(images), plan, checkpoints, listener);
  }

  static TrainingOutcome train(
      Network network,
      Lessons lessons,
      TrainingPlan plan,
      Checkpoints checkpoints,
      TrainingListener listener) {
    try (Training training = new Training(network, lessons, plan)) {
      return training.run(checkpoints, listener);
    } catch (RejectedTrainingException e) {
      return e.outcome();
    } finally {
      // What is left of it in native memory goes with Java objects too small to make the collector
      // run by itself.
      System.gc();
      NativeHeap.trim();
    }
  }
}
