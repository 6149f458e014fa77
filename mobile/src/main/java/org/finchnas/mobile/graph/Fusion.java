package org.finchnas.mobile.graph;

import java.util.Arrays;
import java.util.Optional;
import org.finchnas.searchspace.network.ActivationFunction;

/**
 * Which activations become part of the operator that computes what they read: RELU and RELU6 behind
 * a convolution, a scale, a sum or a product that nothing else reads.
 */
public final class Fusion {

  private static final int NONE = -1;

  private final InferenceGraph graph;
  private final int[] readers;

  /** For each node the activation that its operator computes too. */
  private final int[] fused;

  public Fusion(InferenceGraph graph) {
    this.graph = graph;
    this.readers = new int[graph.nodes().size()];
    this.fused = new int[readers.length];
    Arrays.fill(fused, NONE);
    graph.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
    for (int i = 0; i < fused.length; i++) {
      if (isFusable(graph.nodes().get(i))) {
        fused[graph.nodes().get(i).inputs().get(0)] = i;
      }
    }
  }

  private boolean isFusable(GraphNode node) {
    if (!(node.op() instanceof GraphOp.Activation activation)
        || (activation.function() != ActivationFunction.RELU
            && activation.function() != ActivationFunction.RELU6)) {
      return false;
    }
    int producer = node.inputs().get(0);
    GraphOp op = graph.nodes().get(producer).op();
    return readers[producer] == 1
        && (op instanceof GraphOp.Convolution
            || op instanceof GraphOp.Dense
            || op instanceof GraphOp.Affine
            || op instanceof GraphOp.Add
            || op instanceof GraphOp.Multiply);
  }

  /** How often the value of a node is read. */
  public int readers(int node) {
    return readers[node];
  }

  /** The node whose value the operator of a node computes: itself or the activation behind it. */
  public int valueOf(int node) {
    return fused[node] == NONE ? node : fused[node];
  }

  /** Whether the operator before an activation computes it. */
  public boolean isFused(int node) {
    GraphNode activation = graph.nodes().get(node);
    return !activation.inputs().isEmpty() && fused[activation.inputs().get(0)] == node;
  }

  /** The activation that the operator of a node ends in: RELU, RELU6 or none. */
  public Optional<ActivationFunction> activation(int node) {
    return fused[node] == NONE
        ? Optional.empty()
        : Optional.of(((GraphOp.Activation) graph.nodes().get(fused[node]).op()).function());
  }
}
