package org.finchnas.worker.graph;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;

/** Inference written straight from the definitions: nested loops, double precision, one image. */
public final class ReferenceNetwork {
  private ReferenceNetwork() {}

  /**
   * @param image channel, row, column
   * @return the values of the last node, channel, row, column
   */
  public static double[] run(TrainedNetwork trained, double[] image) {
    List<double[]> values = values(trained, image);
    return values.get(values.size() - 1);
  }

  /** The same of every node, in order. */
  public static List<double[]> values(TrainedNetwork trained, double[] image) {
    List<double[]> values = new ArrayList<>();
    for (Node node : trained.network().nodes()) {
      List<double[]> inputs = node.inputs().stream().map(values::get).toList();
      values.add(node.layer().match(new Step(trained, node, inputs, image)));
    }
    return values;
  }

  private static final class Step implements Layer.Cases<double[]> {

    private final TrainedNetwork trained;
    private final Node node;
    private final List<double[]> inputs;
    private final double[] image;

    Step(TrainedNetwork trained, Node node, List<double[]> inputs, double[] image) {
      this.trained = trained;
      this.node = node;
      this.inputs = inputs;
      this.image = image;
    }

    private Shape in() {
      return trained.network().inputShapes(node).get(0);
    }

    private float[] weight(String name) {
      return trained.weight(node, name).values();
    }

    private double[] empty() {
      return new double[(int) node.shape().elements()];
    }

    private static double at(double[] map, Shape shape, int channel, int row, int column) {
      return map[(channel * shape.height() + row) * shape.width() + column];
    }

    @Override
    public double[] input(Layer.Input layer) {
      return image;
    }

    @Override
    public double[] convolution(Layer.Convolution layer) {
      Window window = layer.window();
      Shape in = in();
      Shape out = node.shape();
      int inGroup = in.channels() / layer.groups();
      int outGroup = layer.filters() / layer.groups();
      float[] kernel = weight("weights");
      double[] result = empty();
      int index = 0;
      for (int o = 0; o < out.channels(); o++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            double sum = layer.bias() ? weight("bias")[o] : 0;
            for (int i = 0; i < inGroup; i++) {
              for (int ky = 0; ky < window.kernelHeight(); ky++) {
                for (int kx = 0; kx < window.kernelWidth(); kx++) {
                  int row =
                      y * window.strideHeight() - window.padding().top() + ky * window.dilation();
                  int column =
                      x * window.strideWidth() - window.padding().left() + kx * window.dilation();
                  if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                    int tap =
                        ((o * inGroup + i) * window.kernelHeight() + ky) * window.kernelWidth()
                            + kx;
                    sum +=
                        kernel[tap]
                            * at(inputs.get(0), in, o / outGroup * inGroup + i, row, column);
                  }
                }
              }
            }
            result[index++] = sum;
          }
        }
      }
      return result;
    }

    @Override
    public double[] transposedConvolution(Layer.TransposedConvolution layer) {
      throw new IllegalArgumentException("No graph trains one.");
    }

    @Override
    public double[] batchNorm(Layer.BatchNorm layer) {
      double[] result = empty();
      int area = in().height() * in().width();
      for (int i = 0; i < result.length; i++) {
        int c = i / area;
        double deviation = Math.sqrt(weight("variance")[c] + layer.epsilon());
        result[i] =
            (inputs.get(0)[i] - weight("mean")[c]) / deviation * weight("gamma")[c]
                + weight("beta")[c];
      }
      return result;
    }

    @Override
    public double[] activation(Layer.Activation layer) {
      double[] result = empty();
      for (int i = 0; i < result.length; i++) {
        result[i] = activate(layer.function(), inputs.get(0)[i]);
      }
      return result;
    }

    private static double activate(ActivationFunction function, double x) {
      return switch (function) {
        case RELU -> Math.max(0, x);
        case LEAKY_RELU -> x > 0 ? x : 0.1 * x;
        case RELU6 -> Math.min(6, Math.max(0, x));
        case SIGMOID -> 1 / (1 + Math.exp(-x));
        case HARD_SIGMOID -> Math.min(1, Math.max(0, x / 6 + 0.5));
        case SWISH -> x / (1 + Math.exp(-x));
        case HARD_SWISH -> x * Math.min(1, Math.max(0, x / 6 + 0.5));
      };
    }

    @Override
    public double[] pooling(Layer.Pooling layer) {
      Window window = layer.window();
      Shape in = in();
      Shape out = node.shape();
      double[] result = empty();
      int index = 0;
      for (int c = 0; c < out.channels(); c++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int ky = 0; ky < window.kernelHeight(); ky++) {
              for (int kx = 0; kx < window.kernelWidth(); kx++) {
                int row =
                    y * window.strideHeight() - window.padding().top() + ky * window.dilation();
                int column =
                    x * window.strideWidth() - window.padding().left() + kx * window.dilation();
                if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                  double value = at(inputs.get(0), in, c, row, column);
                  sum += value;
                  max = Math.max(max, value);
                  count++;
                }
              }
            }
            result[index++] = layer.kind() == PoolingKind.MAX ? max : sum / count;
          }
        }
      }
      return result;
    }

    @Override
    public double[] globalAveragePooling(Layer.GlobalAveragePooling layer) {
      double[] result = empty();
      int area = in().height() * in().width();
      for (int i = 0; i < inputs.get(0).length; i++) {
        result[i / area] += inputs.get(0)[i] / area;
      }
      return result;
    }

    @Override
    public double[] dense(Layer.Dense layer) {
      double[] result = empty();
      double[] x = inputs.get(0);
      for (int unit = 0; unit < layer.units(); unit++) {
        result[unit] = layer.bias() ? weight("bias")[unit] : 0;
        for (int i = 0; i < x.length; i++) {
          result[unit] += weight("weights")[unit * x.length + i] * x[i];
        }
      }
      return result;
    }

    @Override
    public double[] add(Layer.Add layer) {
      double[] result = empty();
      for (double[] input : inputs) {
        for (int i = 0; i < result.length; i++) {
          result[i] += input[i];
        }
      }
      return result;
    }

    @Override
    public double[] multiply(Layer.Multiply layer) {
      double[] result = empty();
      int area = in().height() * in().width();
      for (int i = 0; i < result.length; i++) {
        result[i] = inputs.get(0)[i] * inputs.get(1)[i / area];
      }
      return result;
    }

    @Override
    public double[] concat(Layer.Concat layer) {
      double[] result = empty();
      int start = 0;
      for (double[] input : inputs) {
        System.arraycopy(input, 0, result, start, input.length);
        start += input.length;
      }
      return result;
    }

    @Override
    public double[] shift(Layer.Shift layer) {
      double[] result = empty();
      Shape shape = in();
      for (int c = 0; c < shape.channels(); c++) {
        for (int y = 0; y + 1 < shape.height(); y++) {
          for (int x = 0; x + 1 < shape.width(); x++) {
            result[(c * shape.height() + y) * shape.width() + x] =
                at(inputs.get(0), shape, c, y + 1, x + 1);
          }
        }
      }
      return result;
    }

    @Override
    public double[] channelShuffle(Layer.ChannelShuffle layer) {
      double[] result = empty();
      int area = in().height() * in().width();
      int size = in().channels() / layer.groups();
      for (int c = 0; c < in().channels(); c++) {
        int target = c % size * layer.groups() + c / size;
        System.arraycopy(inputs.get(0), c * area, result, target * area, area);
      }
      return result;
    }

    @Override
    public double[] dropout(Layer.Dropout layer) {
      return inputs.get(0);
    }

    @Override
    public double[] dropPath(Layer.DropPath layer) {
      return inputs.get(0);
    }
  }
}
