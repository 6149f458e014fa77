package org.finchnas.worker.training;

import java.util.List;
import org.finchnas.evaluation.Epoch;

/**
 * Where a training stands after some epochs. Generators need no place in it: each epoch has its
 * own.
 */
public final class Checkpoint {

  private final List<Epoch> curve;
  private final float[] parameters;
  private final float[] velocity;

  /**
   * @param curve one entry for each epoch that is over
   * @param parameters all weights and batch statistics as the graph lays them out; not copied
   * @param velocity of the momentum, laid out likewise; not copied
   */
  Checkpoint(List<Epoch> curve, float[] parameters, float[] velocity) {
    this.curve = List.copyOf(curve);
    this.parameters = parameters;
    this.velocity = velocity;
  }

  List<Epoch> curve() {
    return curve;
  }

  float[] parameters() {
    return parameters;
  }

  float[] velocity() {
    return velocity;
  }
}
