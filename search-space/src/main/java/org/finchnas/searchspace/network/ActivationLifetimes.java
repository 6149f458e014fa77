package org.finchnas.searchspace.network;

import java.util.List;

/** From when to when each activation of a network must be kept. */
final class ActivationLifetimes {

  private static final int BYTES_PER_VALUE = 4;

  private final List<Node> nodes;

  /** For each node the node whose array holds its output: itself, or what it hands on. */
  private final int[] array;

  /** For each array the last node that reads it. */
  private final int[] lastReader;

  ActivationLifetimes(Network network) {
    nodes = network.nodes();
    array = new int[nodes.size()];
    lastReader = new int[nodes.size()];
    for (Node node : nodes) {
      int index = node.index();
      array[index] = handsOn(node) ? array[node.inputs().get(0)] : index;
      lastReader[array[index]] = index;
      node.inputs().forEach(input -> lastReader[array[input]] = index);
    }
  }

  long peakBytes() {
    long[] freed = new long[nodes.size()];
    long live = 0;
    long peak = 0;
    for (Node running : nodes) {
      int now = running.index();
      if (array[now] == now) {
        long elements = running.shape().elements();
        live += elements;
        freed[lastReader[now]] += elements;
      }
      peak = Math.max(peak, live);
      live -= freed[now];
    }
    return peak * BYTES_PER_VALUE;
  }

  private static boolean handsOn(Node node) {
    return node.layer() instanceof Layer.Dropout || node.layer() instanceof Layer.DropPath;
  }
}
