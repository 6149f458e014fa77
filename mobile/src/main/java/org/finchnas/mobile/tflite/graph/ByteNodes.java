package org.finchnas.mobile.tflite.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.quantization.ByteRanges;
import org.finchnas.mobile.quantization.Quantization;
import org.finchnas.searchspace.network.Window;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * Writes nodes whose values are bytes, where that is done in another way than with floats. XNNPACK
 * has no operator of bytes for a ReLU or a hard sigmoid alone: other operators saturate where they
 * would.
 */
final class ByteNodes extends TfliteNodes {

  /** Pixels are bytes already. */
  private static final Quantization PIXELS = new Quantization(1, Byte.MIN_VALUE);

  ByteNodes(TfliteGraph graph, Numbers numbers, Place place, String name, List<Value> inputs) {
    super(graph, numbers, place, name, inputs);
  }

  @Override
  public Value input(GraphOp.Input op) {
    return plain(BuiltinOperator.QUANTIZE, name + ":bytes", PIXELS, super.input(op));
  }

  @Override
  public Value activation(GraphOp.Activation op) {
    return switch (op.function()) {
      case RELU, RELU6 -> plain(BuiltinOperator.QUANTIZE, name, quantization(), input());
      case LEAKY_RELU, SIGMOID, HARD_SIGMOID, SWISH, HARD_SWISH -> super.activation(op);
    };
  }

  /** Another scale and offset; beyond 0 and 1 there are no bytes. */
  @Override
  Value hardSigmoid(String output) {
    float[] scale = new float[input().map().channels()];
    float[] offset = new float[scale.length];
    Arrays.fill(scale, 1f / 6);
    Arrays.fill(offset, 0.5f);
    return new Convolutions(graph, numbers)
        .write(
            output,
            input(),
            Filter.affine(scale, offset),
            Window.square(1, 1, 0),
            ActivationFunctionType.NONE,
            ByteRanges.HARD_SIGMOID);
  }

  @Override
  Value hardSwish() {
    return gated(hardSigmoid(name + ":gate"));
  }

  /** Parts of another scale are brought to that of the whole. */
  @Override
  public Value concat(GraphOp.Concat op) {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Value part = inputs.get(i);
      parts.add(
          Objects.equals(part.quantization(), quantization())
              ? part
              : plain(BuiltinOperator.QUANTIZE, name + ":part_" + i, quantization(), part));
    }
    return joined(parts, quantization());
  }
}
