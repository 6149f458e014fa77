package org.finchnas.searchspace.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A whole network: nodes in topological order, the first the only input, the last the logits of the
 * classes. Every node reaches the last one.
 *
 * @param name what it was made from
 */
public record Network(String name, List<Node> nodes) {

  public Network {
    nodes = List.copyOf(nodes);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean first = i == 0;
      if (node.index() != i
          || first != (node.layer() instanceof Layer.Input)
          || !readsEarlierNodes(node)
          || !names.add(node.name())) {
        throw new IllegalArgumentException(
            "Node %d (%s) breaks the order of a network: one input first, then nodes with unique"
                    .formatted(i, node.name())
                + " names that read earlier nodes. Use NetworkBuilder.");
      }
    }
    if (nodes.size() < 2) {
      throw new IllegalArgumentException("A network needs an input and at least one layer.");
    }
  }

  private static boolean readsEarlierNodes(Node node) {
    for (int input : node.inputs()) {
      if (input < 0 || input >= node.index()) {
        return false;
      }
    }
    return true;
  }

  /** The shape of an image. */
  public Shape input() {
    return nodes.get(0).shape();
  }

  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /** Number of logits. */
  public int classes() {
    return output().shape().channels();
  }

  /** The shapes of a node's inputs, in order. */
  public List<Shape> inputShapes(Node node) {
    List<Shape> shapes = new ArrayList<>(node.inputs().size());
    for (int input : node.inputs()) {
      shapes.add(nodes.get(input).shape());
    }
    return Collections.unmodifiableList(shapes);
  }

  /** The arrays a node needs, in the layer's order. */
  public List<Weight> weights(Node node) {
    return node.layer().weights(inputShapes(node));
  }

  /** For each node the indices of the nodes that read it, in order. */
  public List<List<Integer>> consumers() {
    List<List<Integer>> consumers = new ArrayList<>();
    for (Node node : nodes) {
      consumers.add(new ArrayList<>());
      for (int input : node.inputs()) {
        consumers.get(input).add(node.index());
      }
    }
    return consumers;
  }

  /** Trainable parameters. */
  public long params() {
    return countWeights(false);
  }

  /** Trainable parameters and batch statistics. */
  public long paramsWithStatistics() {
    return countWeights(true);
  }

  private long countWeights(boolean statistics) {
    long sum = 0;
    for (Node node : nodes) {
      for (Weight weight : weights(node)) {
        sum += weight.trainable() || statistics ? weight.elements() : 0;
      }
    }
    return sum;
  }

  /** Multiply-accumulates for one image. */
  public long macs() {
    long sum = 0;
    for (Node node : nodes) {
      sum += node.layer().macs(inputShapes(node));
    }
    return sum;
  }

  /**
   * The largest sum of live activations in bytes, at batch 1 in 32-bit floats. Nodes run in order,
   * each writes an array of its own, and an array lives until its last reader has run; what only
   * matters in training (dropout, drop-path) takes no array.
   */
  public long peakActivationBytes() {
    return new ActivationLifetimes(this).peakBytes();
  }
}
