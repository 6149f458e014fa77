package org.finchnas.evaluation;

import org.finchnas.searchspace.network.Network;

/** What training a network takes of the memory of a process, by counting alone. */
public final class TrainingMemory {

  private static final long PROCESS_BYTES = 300L << 20;
  private static final double ACTIVATION_COPIES = 2.6;

  private TrainingMemory() {}

  /**
   * About the most memory a process with this training takes: itself with the native libraries,
   * every activation with its gradient and some working space, five arrays of the size of the
   * weights (weights, gradients, velocity, decay, scratch). Peaks measured for MobileNetV2 of width
   * 0.35 and 1 and for NASNet-A (CIFAR), at batches of 4 to 256, are 67 to 95 % of it.
   *
   * @param batchSize images a step
   */
  public static long bytes(Network network, int batchSize) {
    long activations = network.nodes().stream().mapToLong(node -> node.shape().elements()).sum();
    double floats =
        ACTIVATION_COPIES * batchSize * activations + 5.0 * network.paramsWithStatistics();
    return PROCESS_BYTES + (long) (Float.BYTES * floats);
  }
}
