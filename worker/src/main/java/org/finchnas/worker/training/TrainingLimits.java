package org.finchnas.worker.training;

import org.finchnas.evaluation.FailureReason;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;

/**
 * The limits of a plan, checked before the first step and by counting alone: whether a candidate
 * meets them depends neither on the machine nor on what ran before in the same process.
 */
final class TrainingLimits {

  private static final long PROCESS_BYTES = 300L << 20;
  private static final double ACTIVATION_COPIES = 2.6;

  private TrainingLimits() {}

  static void require(Network network, TrainingPlan plan, int batchSize, long steps)
      throws RejectedTrainingException {
    if (plan.maxSteps() > 0 && steps > plan.maxSteps()) {
      throw new RejectedTrainingException(
          FailureReason.STEPS,
          "The training takes %d steps, over the limit of %d. Lower epochs or images, raise the batch size, or raise execution.maxSteps in a new search."
              .formatted(steps, plan.maxSteps()));
    }
    long bytes = bytes(network, batchSize);
    if (plan.maxBytes() > 0 && bytes > plan.maxBytes()) {
      throw new RejectedTrainingException(
          FailureReason.MEMORY,
          "The training needs about %d MiB, over the limit of %d. Lower the batch size or the initial filters, or raise execution.memoryPerSlot in a new search."
              .formatted(bytes >> 20, plan.maxBytes() >> 20));
    }
  }

  /**
   * About the most memory a process with this training takes: itself with the native libraries,
   * every activation with its gradient and some working space, five arrays of the size of the
   * weights (weights, gradients, velocity, decay, scratch). Peaks measured for MobileNetV2 of width
   * 0.35 and 1 and for NASNet-A (CIFAR), at batches of 4 to 256, are 67 to 95 % of it.
   */
  static long bytes(Network network, int batchSize) {
    long activations = network.nodes().stream().mapToLong(TrainingLimits::elements).sum();
    double floats =
        ACTIVATION_COPIES * batchSize * activations + 5.0 * network.paramsWithStatistics();
    return PROCESS_BYTES + (long) (Float.BYTES * floats);
  }

  private static long elements(Node node) {
    return node.shape().elements();
  }
}
