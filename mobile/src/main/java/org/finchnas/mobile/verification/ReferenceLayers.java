package org.finchnas.mobile.verification;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;

/** What each layer means, for one node and one image; values are channel, row, column. */
final class ReferenceLayers implements Layer.Cases<double[]> {

  private final TrainedNetwork trained;
  private final Node node;
  private final List<double[]> inputs;
  private final double[] x;
  private final Shape in;
  private final Shape out;

  ReferenceLayers(TrainedNetwork trained, Node node, List<double[]> inputs) {
    this.trained = trained;
    this.node = node;
    this.inputs = inputs;
    this.x = inputs.get(0);
    this.in = trained.network().inputShapes(node).get(0);
    this.out = node.shape();
  }

  private float[] weight(String name) {
    return trained.weight(node, name).values();
  }

  private float[] biasOrZeros(boolean bias) {
    return bias ? weight("bias") : new float[out.channels()];
  }

  private static int at(Shape shape, int channel, int row, int column) {
    return (channel * shape.height() + row) * shape.width() + column;
  }

  /** Computes each output value from its channel, row and column. */
  private double[] forEachOutput(OutputValue value) {
    double[] result = new double[Math.toIntExact(out.elements())];
    for (int c = 0; c < out.channels(); c++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          result[at(out, c, row, column)] = value.of(c, row, column);
        }
      }
    }
    return result;
  }

  private interface OutputValue {
    double of(int channel, int row, int column);
  }

  private interface Tap {
    void visit(int kernelRow, int kernelColumn, int row, int column);
  }

  /** Visits the pixels of the image, not those of the padding, that a window covers. */
  private void forEachTap(Window window, int outputRow, int outputColumn, Tap tap) {
    for (int i = 0; i < window.kernelHeight(); i++) {
      for (int j = 0; j < window.kernelWidth(); j++) {
        int row =
            outputRow * window.strideHeight() - window.padding().top() + i * window.dilation();
        int column =
            outputColumn * window.strideWidth() - window.padding().left() + j * window.dilation();
        if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
          tap.visit(i, j, row, column);
        }
      }
    }
  }

  @Override
  public double[] input(Layer.Input layer) {
    throw new IllegalStateException("The input of " + trained.network().name() + " has a value.");
  }

  @Override
  public double[] convolution(Layer.Convolution layer) {
    float[] weights = weight("weights");
    float[] bias = biasOrZeros(layer.bias());
    int width = layer.window().kernelWidth();
    int area = layer.window().kernelHeight() * width;
    int channelsIn = in.channels() / layer.groups();
    int channelsOut = out.channels() / layer.groups();
    return forEachOutput(
        (c, outputRow, outputColumn) -> {
          double[] sum = {bias[c]};
          forEachTap(
              layer.window(),
              outputRow,
              outputColumn,
              (i, j, row, column) -> {
                for (int k = 0; k < channelsIn; k++) {
                  sum[0] +=
                      weights[(c * channelsIn + k) * area + i * width + j]
                          * x[at(in, c / channelsOut * channelsIn + k, row, column)];
                }
              });
          return sum[0];
        });
  }

  @Override
  public double[] transposedConvolution(Layer.TransposedConvolution layer) {
    throw new IllegalArgumentException(
        node.name() + ": networks that enlarge maps have no exports.");
  }

  @Override
  public double[] batchNorm(Layer.BatchNorm layer) {
    float[] gamma = weight("gamma");
    float[] beta = weight("beta");
    float[] mean = weight("mean");
    float[] variance = weight("variance");
    return forEachOutput(
        (c, row, column) ->
            (x[at(in, c, row, column)] - mean[c])
                    / Math.sqrt(variance[c] + layer.epsilon())
                    * gamma[c]
                + beta[c]);
  }

  @Override
  public double[] activation(Layer.Activation layer) {
    return Arrays.stream(x).map(value -> activate(layer.function(), value)).toArray();
  }

  private static double activate(ActivationFunction function, double value) {
    return switch (function) {
      case RELU -> Math.max(0, value);
      case LEAKY_RELU -> value > 0 ? value : ActivationFunction.LEAK * value;
      case RELU6 -> Math.min(6, Math.max(0, value));
      case SIGMOID -> 1 / (1 + Math.exp(-value));
      case HARD_SIGMOID -> Math.min(1, Math.max(0, value / 6 + 0.5));
      case SWISH -> value / (1 + Math.exp(-value));
      case HARD_SWISH -> value * Math.min(1, Math.max(0, value / 6 + 0.5));
    };
  }

  @Override
  public double[] pooling(Layer.Pooling layer) {
    return forEachOutput(
        (c, outputRow, outputColumn) -> {
          double[] sum = {0};
          int[] taps = {0};
          double[] max = {Double.NEGATIVE_INFINITY};
          forEachTap(
              layer.window(),
              outputRow,
              outputColumn,
              (i, j, row, column) -> {
                sum[0] += x[at(in, c, row, column)];
                max[0] = Math.max(max[0], x[at(in, c, row, column)]);
                taps[0]++;
              });
          return layer.kind() == PoolingKind.MAX ? max[0] : sum[0] / taps[0];
        });
  }

  @Override
  public double[] globalAveragePooling(Layer.GlobalAveragePooling layer) {
    int area = in.height() * in.width();
    return forEachOutput(
        (c, row, column) -> Arrays.stream(x, c * area, (c + 1) * area).sum() / area);
  }

  @Override
  public double[] dense(Layer.Dense layer) {
    float[] weights = weight("weights");
    float[] bias = biasOrZeros(layer.bias());
    return forEachOutput(
        (c, row, column) ->
            bias[c]
                + IntStream.range(0, x.length)
                    .mapToDouble(i -> weights[c * x.length + i] * x[i])
                    .sum());
  }

  @Override
  public double[] add(Layer.Add layer) {
    return forEachOutput(
        (c, row, column) ->
            inputs.stream().mapToDouble(input -> input[at(in, c, row, column)]).sum());
  }

  @Override
  public double[] multiply(Layer.Multiply layer) {
    return forEachOutput((c, row, column) -> x[at(in, c, row, column)] * inputs.get(1)[c]);
  }

  @Override
  public double[] concat(Layer.Concat layer) {
    return inputs.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @Override
  public double[] shift(Layer.Shift layer) {
    return forEachOutput(
        (c, row, column) ->
            row + 1 < in.height() && column + 1 < in.width()
                ? x[at(in, c, row + 1, column + 1)]
                : 0);
  }

  @Override
  public double[] channelShuffle(Layer.ChannelShuffle layer) {
    int groupSize = in.channels() / layer.groups();
    return forEachOutput(
        (c, row, column) ->
            x[at(in, c % layer.groups() * groupSize + c / layer.groups(), row, column)]);
  }

  @Override
  public double[] dropout(Layer.Dropout layer) {
    return x;
  }

  @Override
  public double[] dropPath(Layer.DropPath layer) {
    return x;
  }
}
