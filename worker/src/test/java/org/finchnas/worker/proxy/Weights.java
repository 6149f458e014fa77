package org.finchnas.worker.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.GraphWeights;
import org.finchnas.worker.graph.TrainableGraph;

/** Networks with weights that a test changes one at a time. */
final class Weights {
  private Weights() {}

  static TrainedNetwork of(TrainableGraph graph) {
    Network network = graph.network();
    int channels = network.input().channels();
    List<Float> zeros = new ArrayList<>();
    List<Float> ones = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      zeros.add(0f);
      ones.add(1f);
    }
    for (int i = 0; i < network.classes(); i++) {
      labels.add("class " + i);
    }
    return GraphWeights.extract(graph, new Normalization(zeros, ones), labels);
  }

  /** The names of the weights that multiply. */
  static List<String> multipliers(TrainedNetwork network) {
    return network.weights().keySet().stream()
        .filter(name -> name.endsWith("/weights"))
        .sorted()
        .toList();
  }

  static float[] values(TrainedNetwork network, String name) {
    return tensor(network, name).values();
  }

  private static Tensor tensor(TrainedNetwork network, String name) {
    return Objects.requireNonNull(network.weights().get(name), name);
  }

  static TrainedNetwork with(TrainedNetwork network, String name, UnaryOperator<float[]> change) {
    Map<String, Tensor> weights = new HashMap<>(network.weights());
    Tensor before = tensor(network, name);
    weights.put(name, new Tensor(before.shape(), change.apply(before.values().clone())));
    return new TrainedNetwork(
        network.network(), weights, network.normalization(), network.labels());
  }

  static TrainedNetwork with(TrainedNetwork network, String name, int index, double value) {
    return with(
        network,
        name,
        values -> {
          values[index] = (float) value;
          return values;
        });
  }
}
