package org.finchnas.searchspace.network;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network with its weights, the normalisation of its input and the names of its classes: all that
 * is needed to classify an image.
 *
 * @param weights by {@code node name + "/" + weight name}, exactly those the network needs
 */
public record TrainedNetwork(
    Network network,
    Map<String, Tensor> weights,
    Normalization normalization,
    List<String> labels) {

  public TrainedNetwork {
    weights = Map.copyOf(weights);
    labels = List.copyOf(labels);
    Map<String, List<Integer>> expected = new TreeMap<>();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        expected.put(node.name() + "/" + weight.name(), weight.shape());
      }
    }
    Map<String, List<Integer>> actual = new TreeMap<>();
    weights.forEach((name, tensor) -> actual.put(name, tensor.shape()));
    if (!expected.equals(actual)) {
      throw new IllegalArgumentException(
          "The weights do not belong to network %s: %s."
              .formatted(network.name(), firstDifference(expected, actual)));
    }
    if (normalization.mean().size() != network.input().channels()) {
      throw new IllegalArgumentException(
          "The normalisation is for %d channels, the network for %d."
              .formatted(normalization.mean().size(), network.input().channels()));
    }
    if (labels.size() != network.classes()) {
      throw new IllegalArgumentException(
          "There are %d labels for %d classes.".formatted(labels.size(), network.classes()));
    }
  }

  public Tensor weight(Node node, String weight) {
    Tensor tensor = weights.get(node.name() + "/" + weight);
    if (tensor == null) {
      throw new IllegalArgumentException(node.name() + " has no weight " + weight + ".");
    }
    return tensor;
  }

  private static String firstDifference(
      Map<String, List<Integer>> expected, Map<String, List<Integer>> actual) {
    for (Map.Entry<String, List<Integer>> entry : expected.entrySet()) {
      List<Integer> shape = actual.get(entry.getKey());
      if (!entry.getValue().equals(shape)) {
        return "%s should have shape %s, but %s"
            .formatted(
                entry.getKey(), entry.getValue(), shape == null ? "is missing" : "has " + shape);
      }
    }
    actual.keySet().removeAll(expected.keySet());
    return actual.keySet().iterator().next() + " is not part of it";
  }
}
