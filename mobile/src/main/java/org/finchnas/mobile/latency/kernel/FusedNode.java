package org.finchnas.mobile.latency.kernel;

import java.util.List;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Shape;

/**
 * What is left of a network's node after fusion.
 *
 * @param inputs the shapes it reads
 * @param shape what comes out
 */
record FusedNode(String name, Layer layer, List<Shape> inputs, Shape shape) {

  FusedNode {
    inputs = List.copyOf(inputs);
  }

  Shape input() {
    return inputs.get(0);
  }

  /** Values of all inputs. */
  long read() {
    return inputs.stream().mapToLong(Shape::elements).sum();
  }

  long pixels() {
    return (long) shape.height() * shape.width();
  }
}
