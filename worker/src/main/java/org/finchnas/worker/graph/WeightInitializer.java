package org.finchnas.worker.graph;

import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Weight;

/** Draws the first weights of a network. */
final class WeightInitializer {
  private WeightInitializer() {}

  static void fill(Network network, ComputationGraph graph, long seed) {
    for (Node node : network.nodes()) {
      Random random = new Random(Seeds.mix(seed, node.name().hashCode()));
      for (Weight weight : network.weights(node)) {
        GraphWeights.assign(graph, network, node, weight, values(weight, random));
      }
    }
  }

  private static float[] values(Weight weight, Random random) {
    float[] values = new float[Math.toIntExact(weight.elements())];
    switch (weight.name()) {
      case "weights" -> {
        double deviation = Math.sqrt(2.0 * weight.shape().get(0) / weight.elements());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * deviation);
        }
      }
      case "gamma", "variance" -> Arrays.fill(values, 1);
      case "beta", "bias", "mean" -> Arrays.fill(values, 0);
      default -> throw new IllegalArgumentException("No first value known for " + weight.name());
    }
    return values;
  }
}
