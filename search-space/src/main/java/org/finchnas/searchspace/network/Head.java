package org.finchnas.searchspace.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What tells classes apart in a network: its last layer with weights, and what follows that.
 * Everything before is the body, whose last values, the features, it reads.
 *
 * @param classifier the last node with weights
 */
public record Head(Network network, Node classifier) {

  /**
   * Finds the head.
   *
   * @throws IllegalArgumentException if the network has none: if its last layer with weights does
   *     not give one channel a class, or something goes around it
   */
  public static Head of(Network network) {
    Node classifier =
        network.nodes().stream()
            .filter(node -> !network.weights(node).isEmpty())
            .reduce((earlier, later) -> later)
            .orElseThrow(() -> none(network, "it has no weights"));
    boolean passed =
        network.nodes().stream()
            .filter(node -> node.index() > classifier.index())
            .allMatch(node -> node.inputs().stream().allMatch(i -> i >= classifier.index()));
    if (!passed) {
      throw none(network, "something goes around " + classifier.name());
    }
    if (classifier.shape().channels() != network.classes() || classifier.inputs().size() != 1) {
      throw none(
          network,
          "its last layer with weights, %s, does not give one channel a class"
              .formatted(classifier.name()));
    }
    return new Head(network, classifier);
  }

  private static IllegalArgumentException none(Network network, String reason) {
    return new IllegalArgumentException(
        "%s has no head that other classes could replace: %s. Train it from the start instead."
            .formatted(network.name(), reason));
  }

  /** The node of the body whose values it reads. */
  public Node features() {
    return network.nodes().get(classifier.inputs().get(0));
  }

  /** The nodes of the body, the input first. */
  public List<Node> body() {
    return network.nodes().subList(0, classifier.index());
  }

  /** Of its weights, as {@link TrainedNetwork#weights} names them. */
  public Set<String> weightNames() {
    return network.weights(classifier).stream()
        .map(weight -> classifier.name() + "/" + weight.name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The head as a network by itself: what it reads as images are the features. */
  public Network alone() {
    Node features = features();
    int shift = classifier.index() - 1;
    List<Node> nodes = new ArrayList<>();
    Layer input = new Layer.Input(features.shape());
    nodes.add(new Node(0, features.name(), input, List.of(), features.shape()));
    for (Node node : network.nodes().subList(classifier.index(), network.nodes().size())) {
      List<Integer> inputs =
          node.equals(classifier)
              ? List.of(0)
              : node.inputs().stream().map(earlier -> earlier - shift).toList();
      nodes.add(new Node(node.index() - shift, node.name(), node.layer(), inputs, node.shape()));
    }
    return new Network("head of " + network.name(), nodes);
  }
}
