package org.finchnas.worker.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a network become vertices of its graph. Most do; but of nodes that compute the
 * same of the same, as the ReLUs that all operations on a hidden state begin with, only the first
 * does, and a ReLU that alone reads a batch normalisation is computed by it.
 */
final class Vertices {

  private final Network network;

  /** For each node the one whose vertex gives its values. */
  private final Node[] sources;

  private final Map<Node, ActivationFunction> activations = new HashMap<>();

  Vertices(Network network) {
    this.network = network;
    sources = network.nodes().toArray(Node[]::new);
    mergeEqual();
    foldActivations();
  }

  /** A layer and what it reads. */
  private record Computation(Layer layer, List<Node> inputs) {}

  private void mergeEqual() {
    Map<Computation, Node> first = new HashMap<>();
    for (Node node : computing()) {
      if (isFunction(node) && !node.equals(network.output())) {
        Computation computation = new Computation(node.layer(), sourcesOf(node));
        sources[node.index()] = first.computeIfAbsent(computation, key -> node);
      }
    }
  }

  /** Whether the values depend on nothing but the input. */
  private boolean isFunction(Node node) {
    boolean random =
        node.layer() instanceof Layer.Dropout || node.layer() instanceof Layer.DropPath;
    return !random && network.weights(node).isEmpty();
  }

  private void foldActivations() {
    int[] readers = new int[sources.length];
    for (Node node : nodes()) {
      sourcesOf(node).forEach(source -> readers[source.index()]++);
    }
    for (Node node : nodes()) {
      if (node.layer() instanceof Layer.Activation activation
          && Clip.isClip(activation.function())
          && !node.equals(network.output())) {
        Node source = sourcesOf(node).get(0);
        if (source.layer() instanceof Layer.BatchNorm
            && readers[source.index()] == 1
            && !activations.containsKey(source)) {
          activations.put(source, activation.function());
          replace(node, source);
        }
      }
    }
  }

  private void replace(Node node, Node source) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i].equals(node)) {
        sources[i] = source;
      }
    }
  }

  private List<Node> computing() {
    return network.nodes().subList(1, network.nodes().size());
  }

  private List<Node> sourcesOf(Node node) {
    return node.inputs().stream().map(input -> sources[input]).toList();
  }

  /** The nodes that become vertices, in topological order. */
  List<Node> nodes() {
    return computing().stream().filter(node -> sources[node.index()].equals(node)).toList();
  }

  /** The node whose vertex gives a node's values. */
  Node source(Node node) {
    return sources[node.index()];
  }

  /** The names of the vertices that a node reads. */
  String[] inputs(Node node) {
    return sourcesOf(node).stream().map(Node::name).toArray(String[]::new);
  }

  /** What the node's kernel applies to its own output. */
  @Nullable ActivationFunction activation(Node node) {
    return activations.get(node);
  }
}
