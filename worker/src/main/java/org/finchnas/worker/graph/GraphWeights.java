package org.finchnas.worker.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Weight;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Moves weights between graphs and trained networks. */
public final class GraphWeights {
  private GraphWeights() {}

  /** The network with a copy of the graph's weights and batch statistics. */
  public static TrainedNetwork extract(
      TrainableGraph graph, Normalization normalization, List<String> labels) {
    Network network = graph.network();
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        INDArray plain =
            layout(network, node, weight)
                .toPlain(view(graph.graph(), node, weight), weight.shape())
                .castTo(DataType.FLOAT);
        tensors.put(
            node.name() + "/" + weight.name(), new Tensor(weight.shape(), plain.data().asFloat()));
      }
    }
    return new TrainedNetwork(network, tensors, normalization, labels);
  }

  /** Overwrites every weight and batch statistic of a graph of the same network. */
  public static void load(TrainableGraph graph, TrainedNetwork trained) {
    Network network = graph.network();
    if (!network.nodes().equals(trained.network().nodes())) {
      throw new IllegalArgumentException(
          "The weights are of network %s, the graph is of %s. Build the graph from the same network."
              .formatted(trained.network().name(), network.name()));
    }
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        assign(graph.graph(), network, node, weight, trained.weight(node, weight.name()).values());
      }
    }
  }

  /**
   * The weights that multiply, those of convolutions and dense layers, node by node, as views.
   * Values lie as the graph's operations want them, alike in both arrays.
   */
  public static List<Multiplier> multipliers(TrainableGraph graph) {
    List<Multiplier> multipliers = new ArrayList<>();
    for (Node node : graph.network().nodes()) {
      for (Weight weight : graph.network().weights(node)) {
        if (weight.name().equals("weights")) {
          NodeVertex vertex = (NodeVertex) graph.graph().getVertex(node.name());
          multipliers.add(
              new Multiplier(view(graph.graph(), node, weight), vertex.gradient(weight.name())));
        }
      }
    }
    return multipliers;
  }

  /** The weights of one layer, and their gradients as the last backward pass left them. */
  public record Multiplier(INDArray weights, INDArray gradients) {}

  /**
   * Overwrites the weights and batch statistics of each layer for which the other network has a
   * layer of the same name with weights of the same shapes.
   *
   * @return how many trainable values were
   */
  public static long inherit(TrainableGraph graph, TrainedNetwork from) {
    Network network = graph.network();
    long params = 0;
    for (Node node : network.nodes()) {
      List<Weight> weights = network.weights(node);
      if (weights.stream().allMatch(weight -> isAlike(node, weight, from))) {
        for (Weight weight : weights) {
          assign(graph.graph(), network, node, weight, from.weight(node, weight.name()).values());
          params += weight.trainable() ? weight.elements() : 0;
        }
      }
    }
    return params;
  }

  private static boolean isAlike(Node node, Weight weight, TrainedNetwork from) {
    Tensor tensor = from.weights().get(node.name() + "/" + weight.name());
    return tensor != null && tensor.shape().equals(weight.shape());
  }

  /** Overwrites one weight with plain values. */
  static void assign(
      ComputationGraph graph, Network network, Node node, Weight weight, float[] values) {
    INDArray plain = Nd4j.createFromArray(values);
    view(graph, node, weight).assign(layout(network, node, weight).toGraph(plain));
  }

  private static WeightLayout layout(Network network, Node node, Weight weight) {
    return WeightLayout.of(node.layer(), network.inputShapes(node).get(0), weight);
  }

  private static INDArray view(ComputationGraph graph, Node node, Weight weight) {
    return Objects.requireNonNull(
        graph.getVertex(node.name()).paramTable(false).get(weight.name()), weight.name());
  }
}
