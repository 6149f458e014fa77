package org.finchnas.mobile.onnx.graph;

import java.util.List;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.Window;

/**
 * Writes nodes between bytes, where that is done in another way than with floats: all that
 * multiplies is a convolution, which every runtime has with a scale for each channel.
 */
final class ByteOnnxNodes extends OnnxNodes {

  ByteOnnxNodes(OnnxGraph graph, OnnxNumbers numbers, Place place, List<String> inputs) {
    super(graph, numbers, place, inputs);
  }

  @Override
  public String affine(GraphOp.Affine op) {
    int channels = in().channels();
    Tensor weights = new Tensor(List.of(channels, 1, 1, 1), op.scale().values());
    return convolution(
        new GraphOp.Convolution(Window.square(1, 1, 0), channels, weights, op.offset()));
  }

  /** A convolution that sees the whole map at once. */
  @Override
  public String dense(GraphOp.Dense op) {
    Shape map = in();
    List<Integer> shape =
        List.of(op.weights().shape().get(0), map.channels(), map.height(), map.width());
    Window whole = new Window(map.height(), map.width(), 1, 1, 1, Padding.NONE);
    Tensor weights = new Tensor(shape, op.weights().values());
    return convolution(new GraphOp.Convolution(whole, 1, weights, op.bias()));
  }
}
