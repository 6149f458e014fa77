package org.finchnas.mobile.quantization;

import java.util.List;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.graph.InferenceGraph;

/**
 * What values the nodes of one inference graph take. A convolution and the activation behind it are
 * two nodes, so that one who fuses them asks for the range of the activation.
 *
 * @param ranges for each node the range of its value, before it those of its {@link #partialSum
 *     partial sums}
 */
public record ActivationRanges(InferenceGraph graph, List<List<ActivationRange>> ranges) {

  public ActivationRanges {
    ranges = ranges.stream().map(List::copyOf).toList();
    for (int i = 0; i < graph.nodes().size(); i++) {
      GraphNode node = graph.nodes().get(i);
      if (ranges.size() != graph.nodes().size() || ranges.get(i).size() != steps(node)) {
        throw new IllegalArgumentException(
            "%s needs %d ranges.".formatted(node.name(), steps(node)));
      }
    }
  }

  /** How many values a node computes one after the other; the last is its own. */
  public static int steps(GraphNode node) {
    return node.op() instanceof GraphOp.Add ? node.inputs().size() - 1 : 1;
  }

  /**
   * The range of a node's value.
   *
   * @param node its index in the graph
   */
  public ActivationRange range(int node) {
    List<ActivationRange> steps = ranges.get(node);
    return steps.get(steps.size() - 1);
  }

  /**
   * The range of the sum of the first inputs of a node that adds: runtimes add two at a time.
   *
   * @param inputs how many, from 2 to all
   */
  public ActivationRange partialSum(int node, int inputs) {
    if (!(graph.nodes().get(node).op() instanceof GraphOp.Add)) {
      throw new IllegalArgumentException(graph.nodes().get(node).name() + " does not add.");
    }
    return ranges.get(node).get(inputs - 2);
  }
}
