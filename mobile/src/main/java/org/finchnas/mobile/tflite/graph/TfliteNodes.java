package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.quantization.Quantization;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * Writes one node of an inference graph as operators of TensorFlow Lite; each case answers with the
 * value. Maps are 1 x height x width x channels throughout. What belongs to a node has its name, a
 * colon and the role, which no other node's name can be.
 */
class TfliteNodes implements GraphOp.Cases<Value> {

  private static final Window ONE = Window.square(1, 1, 0);

  final TfliteGraph graph;
  final Numbers numbers;
  final Place place;
  final String name;
  final List<Value> inputs;

  /**
   * A node, where it stands, and what its operator ends in.
   *
   * @param index of the node
   * @param valueOf index of the node whose value its operator computes
   * @param activation of the schema
   */
  record Place(GraphNode node, int index, int valueOf, byte activation) {}

  /**
   * @param name of the node's value
   * @param inputs values of the node's inputs
   */
  TfliteNodes(TfliteGraph graph, Numbers numbers, Place place, String name, List<Value> inputs) {
    this.graph = graph;
    this.numbers = numbers;
    this.place = place;
    this.name = name;
    this.inputs = inputs;
  }

  final Value input() {
    return inputs.get(0);
  }

  final @Nullable Quantization quantization() {
    return numbers.of(place.valueOf());
  }

  final Value value(String output, @Nullable Quantization quantization) {
    return graph.value(output, Value.shape(place.node().shape()), quantization);
  }

  /** An operator without options that keeps the shape. */
  final Value plain(
      int builtin, String output, @Nullable Quantization quantization, Value... operands) {
    Value result = graph.value(output, operands[0].shape(), quantization);
    int[] tensors = new int[operands.length];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = operands[i].tensor();
    }
    graph.operator(Operation.plain(builtin, operands[0].isInt8()), result.tensor(), tensors);
    return result;
  }

  @Override
  public Value input(GraphOp.Input op) {
    Value image = value(name, null);
    graph.input(image);
    return image;
  }

  /** A depthwise convolution that looks at one pixel. */
  @Override
  public Value affine(GraphOp.Affine op) {
    Filter filter = Filter.affine(op.scale().values(), op.offset().values());
    return convolution(input(), filter, ONE);
  }

  @Override
  public Value convolution(GraphOp.Convolution op) {
    return convolution(input(), Filter.of(op, input().map()), op.window());
  }

  private Value convolution(Value from, Filter filter, Window window) {
    return new Convolutions(graph, numbers)
        .write(name, from, filter, window, place.activation(), quantization());
  }

  /** A convolution of the one pixel that a map becomes: eight bits scale its outputs one by one. */
  @Override
  public Value dense(GraphOp.Dense op) {
    Shape map = input().map();
    Value pixel =
        map.height() * map.width() == 1
            ? input()
            : reshaped(name + ":inputs", input(), List.of(1, 1, 1, (int) map.elements()));
    return convolution(pixel, Filter.of(op, map), ONE);
  }

  final Value reshaped(String output, Value from, List<Integer> shape) {
    Value result = graph.value(output, shape, from.quantization());
    int dimensions =
        graph.ints(
            output + ":shape",
            List.of(shape.size()),
            shape.stream().mapToInt(Integer::intValue).toArray());
    graph.operator(Operation.reshape(), result.tensor(), from.tensor(), dimensions);
    return result;
  }

  @Override
  public Value activation(GraphOp.Activation op) {
    return switch (op.function()) {
      case RELU -> plain(BuiltinOperator.RELU, name, null, input());
      case RELU6 -> plain(BuiltinOperator.RELU6, name, null, input());
      case LEAKY_RELU -> leakyRelu();
      case SIGMOID -> plain(BuiltinOperator.LOGISTIC, name, numbers.sigmoid(), input());
      case HARD_SIGMOID -> hardSigmoid(name);
      case SWISH ->
          gated(plain(BuiltinOperator.LOGISTIC, name + ":gate", numbers.sigmoid(), input()));
      case HARD_SWISH -> hardSwish();
    };
  }

  private Value leakyRelu() {
    Value leaky = value(name, quantization());
    graph.operator(
        Operation.leakyRelu((float) ActivationFunction.LEAK, input().isInt8()),
        leaky.tensor(),
        input().tensor());
    return leaky;
  }

  /** relu6(x + 3) / 6. */
  Value hardSigmoid(String output) {
    Value risen = value(output + ":risen", null);
    graph.operator(
        Operation.add(ActivationFunctionType.RELU6, false),
        risen.tensor(),
        input().tensor(),
        graph.floats(output + ":three", List.of(1), 3));
    Value gate = value(output, null);
    graph.operator(
        Operation.multiply(ActivationFunctionType.NONE, 1),
        gate.tensor(),
        risen.tensor(),
        graph.floats(output + ":sixth", List.of(1), 1f / 6));
    return gate;
  }

  Value hardSwish() {
    Value result = value(name, null);
    graph.operator(
        new Operation(BuiltinOperator.HARD_SWISH, 1, null), result.tensor(), input().tensor());
    return result;
  }

  final Value gated(Value gate) {
    Value product = value(name, quantization());
    Products.write(graph, input(), gate, product, ActivationFunctionType.NONE);
    return product;
  }

  @Override
  public Value pooling(GraphOp.Pooling op) {
    Pools pools = new Pools(graph, numbers);
    return op.kind() == PoolingKind.MAX
        ? pools.maximum(name, input(), op.window())
        : pools.average(name, input(), op.window(), quantization());
  }

  @Override
  public Value globalAveragePooling(GraphOp.GlobalAveragePooling op) {
    Value mean = value(name, quantization());
    graph.operator(
        Operation.mean(input().isInt8()),
        mean.tensor(),
        input().tensor(),
        graph.ints(name + ":axes", List.of(2), 1, 2));
    return mean;
  }

  @Override
  public Value add(GraphOp.Add op) {
    Value sum = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      Value next =
          last
              ? value(name, quantization())
              : value(name + ":sum_" + i, numbers.partialSum(place.index(), i + 1));
      graph.operator(
          Operation.add(last ? place.activation() : ActivationFunctionType.NONE, sum.isInt8()),
          next.tensor(),
          sum.tensor(),
          inputs.get(i).tensor());
      sum = next;
    }
    return sum;
  }

  @Override
  public Value multiply(GraphOp.Multiply op) {
    Value product = value(name, quantization());
    Products.write(graph, input(), inputs.get(1), product, place.activation());
    return product;
  }

  @Override
  public Value concat(GraphOp.Concat op) {
    return joined(inputs, quantization());
  }

  final Value joined(List<Value> parts, @Nullable Quantization quantization) {
    Value result = value(name, quantization);
    graph.operator(
        Operation.concatenation(input().isInt8()),
        result.tensor(),
        parts.stream().mapToInt(Value::tensor).toArray());
    return result;
  }

  @Override
  public Value shift(GraphOp.Shift op) {
    return new Slices(graph).shift(name, input());
  }

  /** Rows and columns become one dimension: runtimes transpose four dimensions faster than five. */
  @Override
  public Value channelShuffle(GraphOp.ChannelShuffle op) {
    Shape map = input().map();
    int area = map.height() * map.width();
    int size = map.channels() / op.groups();
    Value grouped = reshaped(name + ":groups", input(), List.of(1, area, op.groups(), size));
    List<Integer> shape = List.of(1, area, size, op.groups());
    Value interleaved = graph.value(name + ":interleaved", shape, input().quantization());
    graph.operator(
        Operation.plain(BuiltinOperator.TRANSPOSE, input().isInt8()),
        interleaved.tensor(),
        grouped.tensor(),
        graph.ints(name + ":order", List.of(4), 0, 1, 3, 2));
    return reshaped(name, interleaved, input().shape());
  }
}
