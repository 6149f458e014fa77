package org.finchnas.worker.proxy;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Node;

/**
 * A network without what synaptic flow does not see: rectifiers and their smooth kin, which pass
 * what is positive; batch normalisation, whose statistics would be those of no data; dropout and
 * drop-path. Gates stay. What is left has the names, hence the first weights, of the whole.
 */
final class LinearNetwork {

  private LinearNetwork() {}

  static Network of(Network network) {
    NetworkBuilder builder = new NetworkBuilder(network.name(), network.input());
    int[] position = new int[network.nodes().size()];
    for (Node node : network.nodes().subList(1, position.length)) {
      int[] inputs = node.inputs().stream().mapToInt(input -> position[input]).toArray();
      position[node.index()] =
          passes(node.layer()) ? inputs[0] : builder.add(node.name(), node.layer(), inputs);
    }
    return builder.build(position[position.length - 1]);
  }

  private static boolean passes(Layer layer) {
    return layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Dropout
        || layer instanceof Layer.DropPath
        || (layer instanceof Layer.Activation activation
            && isPositivelyLinear(activation.function()));
  }

  private static boolean isPositivelyLinear(ActivationFunction function) {
    return switch (function) {
      case RELU, LEAKY_RELU, RELU6, SWISH, HARD_SWISH -> true;
      case SIGMOID, HARD_SIGMOID -> false;
    };
  }
}
