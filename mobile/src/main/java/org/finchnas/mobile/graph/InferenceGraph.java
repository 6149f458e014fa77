package org.finchnas.mobile.graph;

import java.util.List;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * A trained network in the form that files are written from: one image of values 0…255 in, logits
 * out; normalisation included, dropout and drop-path removed, each batch norm folded into the
 * convolution before it where nothing else reads that convolution and an {@link GraphOp.Affine}
 * elsewhere.
 *
 * @param nodes in topological order, the first the input, the last the logits ({@code classes x 1 x
 *     1})
 * @param labels names of the classes, in the order of the logits
 */
public record InferenceGraph(String name, List<GraphNode> nodes, List<String> labels) {

  public InferenceGraph {
    nodes = List.copyOf(nodes);
    labels = List.copyOf(labels);
    Shape output = nodes.get(nodes.size() - 1).shape();
    if (!output.equals(new Shape(labels.size(), 1, 1))) {
      throw new IllegalArgumentException(
          "A classifier of %d labels must end in %dx1x1 logits, but %s ends in %s."
              .formatted(labels.size(), labels.size(), name, output));
    }
  }

  /** Lowers a network; its weights are folded in double precision. */
  public static InferenceGraph of(TrainedNetwork network) {
    return new Lowering(network).graph();
  }

  /** The shape of an image. */
  public Shape input() {
    return nodes.get(0).shape();
  }

  public GraphNode output() {
    return nodes.get(nodes.size() - 1);
  }
}
