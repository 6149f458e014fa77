package org.finchnas.worker.training;

import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * Weights that a training begins with, wherever a layer has the same name and shapes.
 *
 * @param hash content hash of the file they were read from
 * @param epochs of the plan that are done: they were trained for so many; 0 when another network
 *     was
 */
public record InitialWeights(TrainedNetwork network, String hash, int epochs) {

  public InitialWeights {
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs (%d) must be 0 or more.".formatted(epochs));
    }
  }
}
