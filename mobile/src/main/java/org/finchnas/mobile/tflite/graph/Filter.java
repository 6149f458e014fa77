package org.finchnas.mobile.tflite.graph;

import java.util.Arrays;
import java.util.List;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** The numbers of a convolution as TensorFlow Lite lays them out. */
final class Filter {

  private final boolean depthwise;
  private final List<Integer> shape;
  private final float[] weights;
  private final float[] bias;
  private final boolean learned;

  private Filter(
      boolean depthwise, List<Integer> shape, float[] weights, float[] bias, boolean learned) {
    this.depthwise = depthwise;
    this.shape = shape;
    this.weights = weights;
    this.bias = bias;
    this.learned = learned;
  }

  /**
   * Whether each output channel sees one input channel: then the shape is {@code [1, height, width,
   * out]}, else {@code [out, height, width, in / groups]}.
   */
  boolean depthwise() {
    return depthwise;
  }

  List<Integer> shape() {
    return shape;
  }

  float[] weights() {
    return weights;
  }

  float[] bias() {
    return bias;
  }

  /** Whether training made the weights, not the exporter. */
  boolean learned() {
    return learned;
  }

  static Filter of(GraphOp.Convolution op, Shape in) {
    Window window = op.window();
    int out = op.bias().values().length;
    List<Integer> plane = List.of(window.kernelHeight(), window.kernelWidth());
    boolean depthwise = op.groups() > 1 && op.groups() == in.channels();
    int taps = plane.get(0) * plane.get(1);
    float[] moved =
        depthwise
            ? transposed(op.weights().values(), 1, out, taps)
            : transposed(op.weights().values(), out, in.channels() / op.groups(), taps);
    List<Integer> shape =
        depthwise
            ? List.of(1, plane.get(0), plane.get(1), out)
            : List.of(out, plane.get(0), plane.get(1), in.channels() / op.groups());
    return new Filter(depthwise, shape, moved, op.bias().values(), true);
  }

  /** A convolution that sees the whole map at once. */
  static Filter of(GraphOp.Dense op, Shape in) {
    int units = op.bias().values().length;
    int area = in.height() * in.width();
    return new Filter(
        false,
        List.of(units, 1, 1, Math.toIntExact(in.elements())),
        transposed(op.weights().values(), units, in.channels(), area),
        op.bias().values(),
        true);
  }

  /** Each channel times a factor plus an offset. */
  static Filter affine(float[] scale, float[] offset) {
    return new Filter(true, List.of(1, 1, 1, scale.length), scale, offset, false);
  }

  /** The mean of each channel over the taps of a window, padding counted as zeros. */
  static Filter average(Window window, int channels) {
    int taps = window.kernelHeight() * window.kernelWidth();
    float[] weights = new float[taps * channels];
    Arrays.fill(weights, 1f / taps);
    List<Integer> shape = List.of(1, window.kernelHeight(), window.kernelWidth(), channels);
    return new Filter(true, shape, weights, new float[channels], false);
  }

  int outputs() {
    return bias.length;
  }

  /** Where the weights of one output channel are, one after the other. */
  int weight(int output, int index) {
    return depthwise ? index * outputs() + output : output * (weights.length / outputs()) + index;
  }

  /** {@code [blocks, rows, columns]} as {@code [blocks, columns, rows]}. */
  private static float[] transposed(float[] values, int blocks, int rows, int columns) {
    float[] result = new float[values.length];
    for (int block = 0; block < blocks; block++) {
      int start = block * rows * columns;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          result[start + column * rows + row] = values[start + row * columns + column];
        }
      }
    }
    return result;
  }
}
