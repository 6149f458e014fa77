package org.finchnas.mobile.coreml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Activation;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Add;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Concat;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Convolution;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Crop;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Flatten;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.InnerProduct;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Layer;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Max;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Multiply;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Pad;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Permute;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Pooling;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Reshape;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Scale;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Slice;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Unary;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.ValidPadding;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Writes one node of an inference graph as layers of specification 3; each case answers with the
 * name of the value. Values are sequence x batch x channels x height x width, the first two 1. What
 * belongs to a node has its name, a colon and the role, which no other node's name can be.
 */
final class NetworkNodes implements GraphOp.Cases<String> {

  private final LayerList layers;
  private final LayerWeights weights;
  private final GraphNode node;
  private final String name;
  private final List<String> inputs;
  private final Shape in;

  /**
   * @param name of the value
   * @param inputs names of the inputs' values
   * @param in shape of the first input; for the input node its own
   */
  NetworkNodes(
      LayerList layers,
      LayerWeights weights,
      GraphNode node,
      String name,
      List<String> inputs,
      Shape in) {
    this.layers = layers;
    this.weights = weights;
    this.node = node;
    this.name = name;
    this.inputs = inputs;
    this.in = in;
  }

  @Override
  public String input(GraphOp.Input op) {
    return ClassifierDescription.IMAGE;
  }

  @Override
  public String affine(GraphOp.Affine op) {
    return layers.add(
        name,
        inputs,
        Layer.newBuilder()
            .setScale(
                Scale.newBuilder()
                    .addScaleShape(in.channels())
                    .setScale(LayerWeights.floats(op.scale().values()))
                    .setHasBias(true)
                    .addBiasShape(in.channels())
                    .setBias(LayerWeights.floats(op.offset().values()))));
  }

  @Override
  public String convolution(GraphOp.Convolution op) {
    return layers.add(
        name,
        inputs,
        Layer.newBuilder()
            .setConvolution(
                convolution(op.window(), op.groups(), op.weights().shape())
                    .setWeights(weights.weights(op.weights()))
                    .setHasBias(true)
                    .setBias(weights.biases(op.bias()))));
  }

  private static Convolution.Builder convolution(Window window, int groups, List<Integer> weights) {
    return Convolution.newBuilder()
        .setOutputChannels(weights.get(0))
        .setKernelChannels(weights.get(1))
        .setGroups(groups)
        .addAllKernel(kernel(window))
        .addAllStride(stride(window))
        .addAllDilation(List.of((long) window.dilation(), (long) window.dilation()))
        .setValid(padding(window));
  }

  private static List<Long> kernel(Window window) {
    return List.of((long) window.kernelHeight(), (long) window.kernelWidth());
  }

  private static List<Long> stride(Window window) {
    return List.of((long) window.strideHeight(), (long) window.strideWidth());
  }

  private static ValidPadding padding(Window window) {
    return ValidPadding.newBuilder().setBorders(Edges.of(window.padding())).build();
  }

  @Override
  public String activation(GraphOp.Activation op) {
    return switch (op.function()) {
      case RELU -> relu(name);
      case LEAKY_RELU ->
          activation(
              name,
              Activation.newBuilder()
                  .setLeakyRelu(
                      Activation.Alpha.newBuilder().setAlpha((float) ActivationFunction.LEAK)));
      case RELU6 -> relu6();
      case SIGMOID -> sigmoid(name);
      case HARD_SIGMOID -> hardSigmoid(name);
      case SWISH -> gated(sigmoid(name + ":gate"));
      case HARD_SWISH -> gated(hardSigmoid(name + ":gate"));
    };
  }

  private String activation(String output, Activation.Builder activation) {
    return layers.add(output, inputs, Layer.newBuilder().setActivation(activation));
  }

  private String relu(String output) {
    return activation(
        output, Activation.newBuilder().setRelu(Activation.Nothing.getDefaultInstance()));
  }

  /** Specification 3 bounds from below only: min(6, x) is -max(-6, -x). */
  private String relu6() {
    String negative =
        layers.add(
            name + ":negative",
            List.of(relu(name + ":positive")),
            Layer.newBuilder()
                .setUnary(
                    Unary.newBuilder().setKind(Unary.Kind.THRESHOLD).setAlpha(-6).setScale(-1)));
    return layers.linear(name, negative, -1);
  }

  private String sigmoid(String output) {
    return activation(
        output, Activation.newBuilder().setSigmoid(Activation.Nothing.getDefaultInstance()));
  }

  private String hardSigmoid(String output) {
    return activation(
        output,
        Activation.newBuilder()
            .setHardSigmoid(Activation.AlphaBeta.newBuilder().setAlpha(1f / 6).setBeta(0.5f)));
  }

  private String gated(String gate) {
    return layers.add(name, List.of(inputs.get(0), gate), product());
  }

  private static Layer.Builder product() {
    return Layer.newBuilder().setMultiply(Multiply.getDefaultInstance());
  }

  @Override
  public String pooling(GraphOp.Pooling op) {
    if (op.window().dilation() > 1) {
      return op.kind() == PoolingKind.MAX
          ? dilatedMaximum(op.window())
          : dilatedAverage(op.window());
    }
    Pooling.Builder pooling =
        Pooling.newBuilder()
            .setKind(op.kind() == PoolingKind.MAX ? Pooling.Kind.MAX : Pooling.Kind.AVERAGE)
            .addAllKernel(kernel(op.window()))
            .addAllStride(stride(op.window()))
            .setValid(padding(op.window()))
            .setExcludePadding(true);
    return layers.add(name, inputs, Layer.newBuilder().setPooling(pooling));
  }

  /** Pools know no dilation: the maximum of rows, then of columns, cut out tap by tap. */
  private String dilatedMaximum(Window window) {
    Padding padding = window.padding();
    String padded = padded(name + ":padded", padding, -Float.MAX_VALUE);
    String rows =
        maximum(name + ":rows", padded, Slice.Axis.ROWS, Taps.ofRows(window, node.shape()));
    return maximum(name, rows, Slice.Axis.COLUMNS, Taps.ofColumns(window, node.shape()));
  }

  private String padded(String output, Padding padding, float value) {
    return layers.add(
        output,
        inputs,
        Layer.newBuilder()
            .setPad(
                Pad.newBuilder()
                    .setConstant(Pad.Constant.newBuilder().setValue(value))
                    .setBorders(Edges.of(padding))));
  }

  private String maximum(String output, String from, Slice.Axis axis, Taps taps) {
    List<String> slices = new ArrayList<>();
    for (int tap = 0; tap < taps.count(); tap++) {
      Slice.Builder slice =
          Slice.newBuilder()
              .setStart(taps.start(tap))
              .setEnd(taps.end(tap))
              .setStride(taps.stride())
              .setAxis(axis);
      slices.add(
          layers.add(output + ":tap_" + tap, List.of(from), Layer.newBuilder().setSlice(slice)));
    }
    return layers.add(output, slices, Layer.newBuilder().setMax(Max.getDefaultInstance()));
  }

  /** The sum of each channel's taps, then divided by how many of them are pixels. */
  private String dilatedAverage(Window window) {
    List<Integer> kernel = List.of(in.channels(), 1, window.kernelHeight(), window.kernelWidth());
    float[] ones = new float[in.channels() * window.kernelHeight() * window.kernelWidth()];
    Arrays.fill(ones, 1);
    String sum =
        layers.add(
            name + ":sum",
            inputs,
            Layer.newBuilder()
                .setConvolution(
                    convolution(window, in.channels(), kernel)
                        .setWeights(LayerWeights.floats(ones))));
    return layers.add(
        name,
        List.of(sum),
        Layer.newBuilder()
            .setScale(
                Scale.newBuilder()
                    .addAllScaleShape(
                        List.of(1L, (long) node.shape().height(), (long) node.shape().width()))
                    .setScale(LayerWeights.floats(Taps.shares(window, in, node.shape())))));
  }

  @Override
  public String globalAveragePooling(GraphOp.GlobalAveragePooling op) {
    return layers.add(
        name,
        inputs,
        Layer.newBuilder()
            .setPooling(
                Pooling.newBuilder()
                    .setKind(Pooling.Kind.AVERAGE)
                    .addAllKernel(List.of((long) in.height(), (long) in.width()))
                    .addAllStride(List.of(1L, 1L))
                    .setValid(ValidPadding.getDefaultInstance())
                    .setExcludePadding(true)
                    .setGlobal(true)));
  }

  /** Apple's shape checker takes no map here, although its specification does. */
  @Override
  public String dense(GraphOp.Dense op) {
    boolean flat = in.height() * in.width() == 1;
    List<String> values = flat ? inputs : List.of(flattened(name + ":inputs"));
    return layers.add(
        name,
        values,
        Layer.newBuilder()
            .setInnerProduct(
                InnerProduct.newBuilder()
                    .setInputChannels(op.weights().shape().get(1))
                    .setOutputChannels(op.weights().shape().get(0))
                    .setHasBias(true)
                    .setWeights(weights.weights(op.weights()))
                    .setBias(weights.biases(op.bias()))));
  }

  private String flattened(String output) {
    return layers.add(output, inputs, Layer.newBuilder().setFlatten(Flatten.getDefaultInstance()));
  }

  @Override
  public String add(GraphOp.Add op) {
    return layers.addOfMany(name, inputs, Layer.newBuilder().setAdd(Add.getDefaultInstance()));
  }

  @Override
  public String multiply(GraphOp.Multiply op) {
    return layers.addOfMany(name, inputs, product());
  }

  @Override
  public String concat(GraphOp.Concat op) {
    return layers.addOfMany(
        name, inputs, Layer.newBuilder().setConcat(Concat.getDefaultInstance()));
  }

  /** Pads before it cuts, so that an image of one row or column never becomes empty. */
  @Override
  public String shift(GraphOp.Shift op) {
    String padded = padded(name + ":padded", new Padding(0, 0, 1, 1), 0);
    return layers.add(
        name,
        List.of(padded),
        Layer.newBuilder()
            .setCrop(Crop.newBuilder().setBorders(Edges.of(new Padding(1, 1, 0, 0)))));
  }

  /** The groups become the sequence, and change places with the channels of a group. */
  @Override
  public String channelShuffle(GraphOp.ChannelShuffle op) {
    int groups = op.groups();
    String grouped =
        reshaped(
            name + ":groups",
            inputs.get(0),
            groups,
            in.channels() / groups,
            in.height(),
            in.width());
    String interleaved =
        layers.add(
            name + ":interleaved",
            List.of(grouped),
            Layer.newBuilder()
                .setPermute(Permute.newBuilder().addAllAxis(List.of(1L, 0L, 2L, 3L))));
    return reshaped(name, interleaved, 1, in.channels(), in.height(), in.width());
  }

  private String reshaped(String output, String value, long... shape) {
    Reshape.Builder reshape = Reshape.newBuilder();
    Arrays.stream(shape).forEach(reshape::addShape);
    return layers.add(output, List.of(value), Layer.newBuilder().setReshape(reshape));
  }
}
