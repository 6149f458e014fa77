package org.finchnas.mobile.graph;

import java.util.List;
import org.finchnas.searchspace.network.Shape;

/**
 * An operation at its place in an inference graph.
 *
 * @param name that of the network's node it came from
 * @param inputs indices of earlier nodes
 * @param shape what comes out, for one image
 */
public record GraphNode(String name, GraphOp op, List<Integer> inputs, Shape shape) {

  public GraphNode {
    inputs = List.copyOf(inputs);
  }
}
