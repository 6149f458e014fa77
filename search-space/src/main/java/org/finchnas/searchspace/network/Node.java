package org.finchnas.searchspace.network;

import java.util.List;

/**
 * A layer at its place in a network.
 *
 * @param index position in {@link Network#nodes}
 * @param name unique, says the role, parts joined by slashes: {@code cell_3/block_2/left/pointwise}
 * @param inputs indices of earlier nodes
 * @param shape what comes out
 */
public record Node(int index, String name, Layer layer, List<Integer> inputs, Shape shape) {

  public Node {
    inputs = List.copyOf(inputs);
  }
}
