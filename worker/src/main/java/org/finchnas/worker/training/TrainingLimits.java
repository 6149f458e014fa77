package org.finchnas.worker.training;

import org.finchnas.evaluation.FailureReason;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;

/**
 * The limits of a plan, checked before the first step and by counting alone: whether a candidate
 * meets them depends neither on the machine nor on what ran before in the same process.
 */
final class TrainingLimits {

  private TrainingLimits() {}

  static void require(Network network, TrainingPlan plan, int batchSize, long steps)
      throws RejectedTrainingException {
    if (plan.maxSteps() > 0 && steps > plan.maxSteps()) {
      throw new RejectedTrainingException(
          FailureReason.STEPS,
          "The training takes %d steps, over the limit of %d. Lower epochs or trainImages, or raise the batch size."
              .formatted(steps, plan.maxSteps()));
    }
    long bytes = bytes(network, batchSize);
    if (plan.maxBytes() > 0 && bytes > plan.maxBytes()) {
      throw new RejectedTrainingException(
          FailureReason.MEMORY,
          "The training needs about %d MiB, over the limit of %d. Lower the batch size or the initial filters."
              .formatted(bytes >> 20, plan.maxBytes() >> 20));
    }
  }

  /**
   * Native memory for a training: every activation and as much again for gradients in flight, and
   * five arrays of the size of the weights (weights, gradients, velocity, decay, scratch).
   */
  static long bytes(Network network, int batchSize) {
    long activations = network.nodes().stream().mapToLong(TrainingLimits::elements).sum();
    return Float.BYTES * (2L * batchSize * activations + 5 * network.paramsWithStatistics());
  }

  private static long elements(Node node) {
    return node.shape().elements();
  }
}
