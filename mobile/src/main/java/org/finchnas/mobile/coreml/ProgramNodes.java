package org.finchnas.mobile.coreml;

import java.util.List;
import org.finchnas.mobile.coreml.proto.ProgramMessages.DataType;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Writes one node of an inference graph as operations of an ML program; each case answers with the
 * name of the value. Values are 1 x channels x height x width.
 */
final class ProgramNodes implements GraphOp.Cases<String> {

  private final ProgramBlock block;
  private final GraphNode node;
  private final String name;
  private final List<String> inputs;
  private final Shape in;

  /**
   * @param name of the value; what else the node needs is called after it
   * @param inputs names of the inputs' values
   * @param in shape of the first input; for the input node its own
   */
  ProgramNodes(ProgramBlock block, GraphNode node, String name, List<String> inputs, Shape in) {
    this.block = block;
    this.node = node;
    this.name = name;
    this.inputs = inputs;
    this.in = in;
  }

  private String x() {
    return inputs.get(0);
  }

  private String unary(String type, String output) {
    return block.operation(type, output).with("x", x()).gives(node.shape());
  }

  private String binary(String type, String output, String x, String y, Shape shape) {
    return block.operation(type, output).with("x", x).with("y", y).gives(shape);
  }

  @Override
  public String input(GraphOp.Input op) {
    return ClassifierDescription.IMAGE;
  }

  /** The image itself is scaled in single precision, before halves could round it. */
  @Override
  public String affine(GraphOp.Affine op) {
    boolean image = x().equals(ClassifierDescription.IMAGE);
    DataType type = image ? DataType.FLOAT32 : block.arithmetic();
    List<Integer> channels = List.of(1, in.channels(), 1, 1);
    List<Integer> shape = ProgramOperation.dimensions(in);
    String scale = block.numbers(name + "_scale", type, channels, op.scale().values());
    String scaled =
        block.operation("mul", name + "_scaled").with("x", x()).with("y", scale).gives(type, shape);
    String offset = block.numbers(name + "_offset", type, channels, op.offset().values());
    boolean cast = type != block.arithmetic();
    String moved =
        block
            .operation("add", cast ? name + "_single" : name)
            .with("x", scaled)
            .with("y", offset)
            .gives(type, shape);
    return cast
        ? block
            .operation("cast", name)
            .with("x", moved)
            .with("dtype", ProgramValues.text("fp16"))
            .gives(in)
        : moved;
  }

  @Override
  public String convolution(GraphOp.Convolution op) {
    String weights = block.weights(name + "_weight", op.weights());
    String bias =
        block.numbers(name + "_bias", block.arithmetic(), op.bias().shape(), op.bias().values());
    return convolution(name, weights, op.window(), op.groups())
        .with("bias", bias)
        .gives(node.shape());
  }

  private ProgramOperation convolution(String output, String weights, Window window, int groups) {
    return block
        .operation("conv", output)
        .with("x", x())
        .with("weight", weights)
        .with("strides", ProgramValues.integers(window.strideHeight(), window.strideWidth()))
        .withPadding(window.padding())
        .with("dilations", ProgramValues.integers(window.dilation(), window.dilation()))
        .with("groups", ProgramValues.integer(groups));
  }

  @Override
  public String activation(GraphOp.Activation op) {
    return switch (op.function()) {
      case RELU -> unary("relu", name);
      case LEAKY_RELU ->
          block
              .operation("leaky_relu", name)
              .with("x", x())
              .withNumber("alpha", (float) ActivationFunction.LEAK)
              .gives(in);
      case RELU6 -> unary("relu6", name);
      case SIGMOID -> unary("sigmoid", name);
      case HARD_SIGMOID -> hardSigmoid(name);
      case SWISH -> binary("mul", name, x(), unary("sigmoid", name + "_gate"), in);
      case HARD_SWISH -> binary("mul", name, x(), hardSigmoid(name + "_gate"), in);
    };
  }

  private String hardSigmoid(String output) {
    return block
        .operation("sigmoid_hard", output)
        .with("x", x())
        .withNumber("alpha", 1f / 6)
        .withNumber("beta", 0.5f)
        .gives(in);
  }

  @Override
  public String pooling(GraphOp.Pooling op) {
    Window window = op.window();
    boolean maximum = op.kind() == PoolingKind.MAX;
    if (window.dilation() > 1) {
      return maximum ? dilatedMaximum(window) : dilatedAverage(window);
    }
    ProgramOperation pool =
        block
            .operation(maximum ? "max_pool" : "avg_pool", name)
            .with("x", x())
            .with(
                "kernel_sizes", ProgramValues.integers(window.kernelHeight(), window.kernelWidth()))
            .with("strides", ProgramValues.integers(window.strideHeight(), window.strideWidth()))
            .withPadding(window.padding())
            .with("ceil_mode", ProgramValues.flag(false));
    return (maximum ? pool : pool.with("exclude_padding_from_average", ProgramValues.flag(true)))
        .gives(node.shape());
  }

  /** Pools know no dilation: the maximum of rows, then of columns, cut out tap by tap. */
  private String dilatedMaximum(Window window) {
    Shape out = node.shape();
    float lowest = block.arithmetic() == DataType.FLOAT16 ? -65504 : -Float.MAX_VALUE;
    Padding padding = window.padding();
    Shape wide =
        new Shape(
            in.channels(),
            in.height() + padding.top() + padding.bottom(),
            in.width() + padding.left() + padding.right());
    String padded = padded(name + "_padded", padding, wide, lowest);
    Shape low = new Shape(in.channels(), out.height(), wide.width());
    Taps rows = Taps.ofRows(window, out);
    Taps columns = Taps.ofColumns(window, out);
    String highest = slice(name + "_row_0", padded, 2, rows, 0, wide, low);
    for (int tap = 1; tap < rows.count(); tap++) {
      String other = slice(name + "_row_" + tap, padded, 2, rows, tap, wide, low);
      highest = binary("maximum", name + "_rows_" + tap, highest, other, low);
    }
    String widest = slice(name + "_column_0", highest, 3, columns, 0, low, out);
    for (int tap = 1; tap < columns.count(); tap++) {
      String other = slice(name + "_column_" + tap, highest, 3, columns, tap, low, out);
      widest = binary("maximum", name + "_columns_" + tap, widest, other, out);
    }
    return widest;
  }

  private String padded(String output, Padding padding, Shape shape, float value) {
    return block
        .operation("pad", output)
        .with("x", x())
        .with(
            "pad",
            ProgramValues.integers(
                0, 0, 0, 0, padding.top(), padding.bottom(), padding.left(), padding.right()))
        .with("mode", ProgramValues.text("constant"))
        .withNumber("constant_val", value)
        .gives(shape);
  }

  private String slice(
      String output, String from, int axis, Taps taps, int tap, Shape shape, Shape result) {
    int[] begin = new int[4];
    int[] end = {1, shape.channels(), shape.height(), shape.width()};
    int[] stride = {1, 1, 1, 1};
    begin[axis] = taps.start(tap);
    end[axis] = taps.end(tap);
    stride[axis] = taps.stride();
    return block
        .operation("slice_by_index", output)
        .with("x", from)
        .with("begin", ProgramValues.integers(begin))
        .with("end", ProgramValues.integers(end))
        .with("stride", ProgramValues.integers(stride))
        .gives(result);
  }

  /** The sum of each channel's taps, then divided by how many of them are pixels. */
  private String dilatedAverage(Window window) {
    Shape out = node.shape();
    List<Integer> kernel = List.of(in.channels(), 1, window.kernelHeight(), window.kernelWidth());
    String ones = block.filled(name + "_ones", kernel, 1);
    String sum = convolution(name + "_sum", ones, window, in.channels()).gives(out);
    String shares =
        block.numbers(
            name + "_shares",
            block.arithmetic(),
            List.of(1, 1, out.height(), out.width()),
            Taps.shares(window, in, out));
    return binary("mul", name, sum, shares, out);
  }

  @Override
  public String globalAveragePooling(GraphOp.GlobalAveragePooling op) {
    return block
        .operation("reduce_mean", name)
        .with("x", x())
        .with("axes", ProgramValues.integers(2, 3))
        .with("keep_dims", ProgramValues.flag(true))
        .gives(node.shape());
  }

  @Override
  public String dense(GraphOp.Dense op) {
    return reshaped(name, row(op, name + "_row"), 1, node.shape().channels(), 1, 1);
  }

  /** A dense layer whose output stays a row, 1 x units. */
  String row(GraphOp.Dense op, String output) {
    int size = op.weights().shape().get(1);
    String values = reshaped(name + "_inputs", x(), 1, size);
    String weights = block.weights(name + "_weight", op.weights());
    String bias =
        block.numbers(name + "_bias", block.arithmetic(), op.bias().shape(), op.bias().values());
    return block
        .operation("linear", output)
        .with("x", values)
        .with("weight", weights)
        .with("bias", bias)
        .gives(block.arithmetic(), List.of(1, op.weights().shape().get(0)));
  }

  String reshaped(String output, String value, Integer... shape) {
    List<Integer> dimensions = List.of(shape);
    return block
        .operation("reshape", output)
        .with("x", value)
        .with(
            "shape",
            ProgramValues.integers(dimensions.stream().mapToInt(Integer::intValue).toArray()))
        .gives(block.arithmetic(), dimensions);
  }

  @Override
  public String add(GraphOp.Add op) {
    String sum = x();
    for (int i = 1; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      sum = binary("add", last ? name : name + "_sum_" + i, sum, inputs.get(i), node.shape());
    }
    return sum;
  }

  @Override
  public String multiply(GraphOp.Multiply op) {
    return binary("mul", name, x(), inputs.get(1), node.shape());
  }

  @Override
  public String concat(GraphOp.Concat op) {
    return block
        .operation("concat", name)
        .with("values", inputs)
        .with("axis", ProgramValues.integer(1))
        .with("interleave", ProgramValues.flag(false))
        .gives(node.shape());
  }

  /** Pads before it cuts, so that an image of one row or column never becomes empty. */
  @Override
  public String shift(GraphOp.Shift op) {
    Shape larger = new Shape(in.channels(), in.height() + 1, in.width() + 1);
    String padded = padded(name + "_padded", new Padding(0, 0, 1, 1), larger, 0);
    return block
        .operation("slice_by_index", name)
        .with("x", padded)
        .with("begin", ProgramValues.integers(0, 0, 1, 1))
        .with("end", ProgramValues.integers(1, larger.channels(), larger.height(), larger.width()))
        .gives(in);
  }

  @Override
  public String channelShuffle(GraphOp.ChannelShuffle op) {
    int groups = op.groups();
    int size = in.channels() / groups;
    String grouped = reshaped(name + "_groups", x(), 1, groups, size, in.height(), in.width());
    String interleaved =
        block
            .operation("transpose", name + "_interleaved")
            .with("x", grouped)
            .with("perm", ProgramValues.integers(0, 2, 1, 3, 4))
            .gives(block.arithmetic(), List.of(1, size, groups, in.height(), in.width()));
    return reshaped(name, interleaved, 1, in.channels(), in.height(), in.width());
  }
}
