package org.finchnas.mobile.latency.kernel;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;

/** Finds which nodes of a network are computed by the kernel of another. */
final class FusedNetwork {

  private final Network network;

  /** For each node itself, or the node whose value it passes on at inference. */
  private final int[] source;

  /** For each node the node whose kernel computes it, batch norms folded. */
  private final int[] folded;

  private FusedNetwork(Network network) {
    this.network = network;
    this.source = new int[network.nodes().size()];
    this.folded = new int[source.length];
  }

  /** The nodes that are left, in order. */
  static List<FusedNode> of(Network network) {
    FusedNetwork fused = new FusedNetwork(network);
    fused.lookThrough();
    fused.fold();
    return fused.left();
  }

  private void lookThrough() {
    for (Node node : network.nodes()) {
      boolean passes =
          node.layer() instanceof Layer.Dropout || node.layer() instanceof Layer.DropPath;
      source[node.index()] = passes ? source[first(node)] : node.index();
    }
  }

  private void fold() {
    int[] readers = readers(source);
    for (Node node : network.nodes()) {
      int at = node.index();
      folded[at] = source[at] == at ? at : folded[source[at]];
      if (node.layer() instanceof Layer.BatchNorm
          && readers[source[first(node)]] == 1
          && layer(folded[first(node)]) instanceof Layer.Convolution) {
        folded[at] = folded[first(node)];
      }
    }
  }

  private List<FusedNode> left() {
    int[] readers = readers(folded);
    List<FusedNode> left = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (folded[node.index()] == node.index() && !isFused(node, readers)) {
        left.add(new FusedNode(node.name(), node.layer(), network.inputShapes(node), node.shape()));
      }
    }
    return left;
  }

  private boolean isFused(Node node, int[] readers) {
    if (!(node.layer() instanceof Layer.Activation activation)
        || (activation.function() != ActivationFunction.RELU
            && activation.function() != ActivationFunction.RELU6)) {
      return false;
    }
    int before = folded[first(node)];
    Layer layer = layer(before);
    return readers[before] == 1
        && (layer instanceof Layer.Convolution
            || layer instanceof Layer.Dense
            || layer instanceof Layer.BatchNorm
            || layer instanceof Layer.Add
            || layer instanceof Layer.Multiply);
  }

  /** For each node how many nodes that are not part of another read its value. */
  private int[] readers(int[] computedBy) {
    int[] readers = new int[computedBy.length];
    for (Node node : network.nodes()) {
      if (computedBy[node.index()] == node.index()) {
        node.inputs().forEach(input -> readers[computedBy[input]]++);
      }
    }
    return readers;
  }

  private static int first(Node node) {
    return node.inputs().get(0);
  }

  private Layer layer(int node) {
    return network.nodes().get(node).layer();
  }
}
