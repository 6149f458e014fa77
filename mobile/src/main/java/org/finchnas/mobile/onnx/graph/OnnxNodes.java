package org.finchnas.mobile.onnx.graph;

import static org.finchnas.mobile.onnx.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.graph.TapCount;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Writes one node of an inference graph as ONNX nodes of opset 13; each case answers with the name
 * of the value. Values are 1 x channels x height x width throughout. What belongs to a node has its
 * name, a colon and the role, which no other node's name can be.
 */
class OnnxNodes implements GraphOp.Cases<String> {

  private final OnnxGraph graph;
  private final OnnxNumbers numbers;
  private final GraphNode node;
  private final int index;
  private final String name;
  private final List<String> inputs;
  private final Shape in;

  /**
   * A node and where it stands.
   *
   * @param index of the node
   * @param name of its value
   * @param in shape of the first input; for the input node its own
   */
  record Place(GraphNode node, int index, String name, Shape in) {}

  /**
   * @param inputs names of the inputs' values
   */
  OnnxNodes(OnnxGraph graph, OnnxNumbers numbers, Place place, List<String> inputs) {
    this.graph = graph;
    this.numbers = numbers;
    this.node = place.node();
    this.index = place.index();
    this.name = place.name();
    this.inputs = inputs;
    this.in = place.in();
  }

  final Shape in() {
    return in;
  }

  @Override
  public String input(GraphOp.Input op) {
    graph.input(name, 1, in.channels(), in.height(), in.width());
    return name;
  }

  /** A batch norm of mean 0 and variance 1 scales a channel in one pass. */
  @Override
  public String affine(GraphOp.Affine op) {
    List<Integer> channels = op.scale().shape();
    float[] ones = new float[in.channels()];
    Arrays.fill(ones, 1);
    return graph.node(
        "BatchNormalization",
        name,
        List.of(
            inputs.get(0),
            graph.floats(name + ":scale", op.scale()),
            graph.floats(name + ":offset", op.offset()),
            graph.floats(name + ":zeros", channels, new float[in.channels()]),
            graph.floats(name + ":ones", channels, ones)),
        attribute("epsilon", 0f));
  }

  @Override
  public String convolution(GraphOp.Convolution op) {
    OnnxNumbers.Constants constants = numbers.filter(graph, name, index, op.weights(), op.bias());
    return graph.node(
        "Conv",
        name,
        List.of(inputs.get(0), constants.weights(), constants.bias()),
        window(op.window(), attribute("group", op.groups())));
  }

  private static AttributeProto[] window(Window window, AttributeProto... others) {
    List<AttributeProto> attributes = new ArrayList<>();
    Padding padding = window.padding();
    attributes.add(attribute("kernel_shape", List.of(window.kernelHeight(), window.kernelWidth())));
    attributes.add(attribute("strides", List.of(window.strideHeight(), window.strideWidth())));
    attributes.add(
        attribute(
            "pads", List.of(padding.top(), padding.left(), padding.bottom(), padding.right())));
    if (window.dilation() > 1) {
      attributes.add(attribute("dilations", List.of(window.dilation(), window.dilation())));
    }
    attributes.addAll(List.of(others));
    return attributes.toArray(AttributeProto[]::new);
  }

  @Override
  public String activation(GraphOp.Activation op) {
    return switch (op.function()) {
      case RELU -> graph.node("Relu", name, inputs);
      case LEAKY_RELU ->
          graph.node(
              "LeakyRelu", name, inputs, attribute("alpha", (float) ActivationFunction.LEAK));
      case RELU6 ->
          graph.node(
              "Clip",
              name,
              List.of(
                  inputs.get(0),
                  graph.floats(name + ":low", List.of(), 0),
                  graph.floats(name + ":high", List.of(), 6)));
      case SIGMOID -> graph.node("Sigmoid", name, inputs);
      case HARD_SIGMOID -> hardSigmoid(name);
      case SWISH -> gated(graph.node("Sigmoid", name + ":gate", inputs));
      case HARD_SWISH -> gated(hardSigmoid(name + ":gate"));
    };
  }

  private String hardSigmoid(String output) {
    return graph.node(
        "HardSigmoid", output, inputs, attribute("alpha", 1f / 6), attribute("beta", 0.5f));
  }

  private String gated(String gate) {
    return graph.node("Mul", name, List.of(inputs.get(0), numbers.gate(graph, gate, index)));
  }

  @Override
  public String pooling(GraphOp.Pooling op) {
    if (op.kind() == PoolingKind.MAX) {
      return graph.node("MaxPool", name, inputs, window(op.window()));
    }
    if (op.window().dilation() > 1) {
      return dilatedAverage(op.window());
    }
    return graph.node(
        "AveragePool", name, inputs, window(op.window(), attribute("count_include_pad", 0)));
  }

  /** AveragePool learned dilation in opset 19 only: sum each channel, then divide by the taps. */
  private String dilatedAverage(Window window) {
    List<Integer> kernel = List.of(in.channels(), 1, window.kernelHeight(), window.kernelWidth());
    float[] ones = new float[in.channels() * window.kernelHeight() * window.kernelWidth()];
    Arrays.fill(ones, 1);
    String sum =
        graph.node(
            "Conv",
            name + ":sum",
            List.of(inputs.get(0), graph.floats(name + ":kernel", kernel, ones)),
            window(window, attribute("group", in.channels())));
    List<Integer> map = List.of(1, 1, node.shape().height(), node.shape().width());
    String taps = graph.floats(name + ":taps", map, TapCount.of(window, in, node.shape()));
    return graph.node("Div", name, List.of(sum, taps));
  }

  @Override
  public String globalAveragePooling(GraphOp.GlobalAveragePooling op) {
    return graph.node("GlobalAveragePool", name, inputs);
  }

  @Override
  public String dense(GraphOp.Dense op) {
    return reshape(name, row(op, name + ":units"), 1, node.shape().channels(), 1, 1);
  }

  /** A dense layer whose output stays a row, 1 x units. */
  String row(GraphOp.Dense op, String output) {
    String values = graph.node("Flatten", name + ":inputs", inputs, attribute("axis", 1));
    OnnxNumbers.Constants constants = numbers.filter(graph, name, index, op.weights(), op.bias());
    return graph.node(
        "Gemm",
        output,
        List.of(values, constants.weights(), constants.bias()),
        attribute("transB", 1));
  }

  private String reshape(String output, String value, long... shape) {
    return graph.node("Reshape", output, List.of(value, graph.longs(output + ":shape", shape)));
  }

  @Override
  public String add(GraphOp.Add op) {
    String sum = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      String output = last ? name : partialSum(name, i + 1);
      String added = graph.node("Add", output, List.of(sum, inputs.get(i)));
      sum = last ? added : numbers.partialSum(graph, added, index, i + 1);
    }
    return sum;
  }

  /** The name of the sum of the first inputs of the node that computes {@code sum}. */
  static String partialSum(String sum, int inputs) {
    return sum + ":sum_" + (inputs - 1);
  }

  @Override
  public String multiply(GraphOp.Multiply op) {
    return graph.node("Mul", name, inputs);
  }

  @Override
  public String concat(GraphOp.Concat op) {
    return graph.node("Concat", name, inputs, attribute("axis", 1));
  }

  /** Pads before it cuts, so that an image of one row or column never becomes empty. */
  @Override
  public String shift(GraphOp.Shift op) {
    String padded =
        graph.node(
            "Pad",
            name + ":padded",
            List.of(inputs.get(0), graph.longs(name + ":pads", 0, 0, 0, 0, 0, 0, 1, 1)));
    return graph.node(
        "Slice",
        name,
        List.of(
            padded,
            graph.longs(name + ":starts", 1, 1),
            graph.longs(name + ":ends", in.height() + 1, in.width() + 1),
            graph.longs(name + ":axes", 2, 3)));
  }

  @Override
  public String channelShuffle(GraphOp.ChannelShuffle op) {
    int groups = op.groups();
    String grouped =
        reshape(
            name + ":groups",
            inputs.get(0),
            1,
            groups,
            in.channels() / groups,
            in.height(),
            in.width());
    String interleaved =
        graph.node(
            "Transpose",
            name + ":interleaved",
            List.of(grouped),
            attribute("perm", List.of(0, 2, 1, 3, 4)));
    return reshape(name, interleaved, 1, in.channels(), in.height(), in.width());
  }
}
