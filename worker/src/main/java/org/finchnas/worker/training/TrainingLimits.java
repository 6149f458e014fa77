package org.finchnas.worker.training;

import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.TrainingMemory;
import org.finchnas.searchspace.network.Network;

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
          "The training takes %d steps, over the limit of %d. Lower epochs or images, raise the batch size, or raise execution.maxSteps in a new search."
              .formatted(steps, plan.maxSteps()));
    }
    long bytes = TrainingMemory.bytes(network, batchSize);
    if (plan.maxBytes() > 0 && bytes > plan.maxBytes()) {
      throw new RejectedTrainingException(
          FailureReason.MEMORY,
          "The training needs about %d MiB, over the limit of %d. Lower the batch size or the initial filters, or raise execution.memoryPerSlot in a new search."
              .formatted(bytes >> 20, plan.maxBytes() >> 20));
    }
  }
}
