package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.quantization.ByteRanges;
import org.finchnas.mobile.quantization.ChannelBytes;
import org.finchnas.mobile.quantization.Quantization;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.TensorType;

/**
 * Values and weights in signed bytes, weights with a scale for each output channel and 0 in the
 * middle, as TensorFlow Lite's 8-bit quantization specification has it.
 */
final class ByteNumbers implements Numbers {

  private final ByteRanges ranges;

  ByteNumbers(ByteRanges ranges) {
    this.ranges = ranges;
  }

  @Override
  public Quantization of(int node) {
    return ranges.quantization(node);
  }

  @Override
  public Quantization partialSum(int node, int inputs) {
    return ranges.partialSum(node, inputs);
  }

  @Override
  public Quantization sigmoid() {
    return new Quantization(1f / 256, Byte.MIN_VALUE);
  }

  @Override
  public Constants filter(TfliteGraph graph, String output, Filter filter, Value in, Value out) {
    ChannelBytes bytes =
        ChannelBytes.of(
            filter.weights(),
            filter.bias(),
            filter::weight,
            bytes(in.quantization()),
            bytes(out.quantization()));
    long[] zeros = new long[filter.outputs()];
    int weights =
        graph.constant(output + ":weights", filter.shape(), TensorType.INT8, bytes.weights());
    graph.quantize(weights, filter.depthwise() ? 3 : 0, bytes.scales(), zeros);
    int bias = graph.ints(output + ":bias", List.of(filter.outputs()), bytes.bias());
    graph.quantize(bias, 0, bytes.biasScales(), zeros);
    return new Constants(weights, bias);
  }

  private static Quantization bytes(@Nullable Quantization quantization) {
    if (quantization == null) {
      throw new IllegalStateException("A convolution of bytes reads and writes bytes.");
    }
    return quantization;
  }

  /** Factors of at least 1: the factor 1, that of all places but the edges, is exact. */
  @Override
  public Value factors(TfliteGraph graph, String name, List<Integer> shape, float[] factors) {
    float largest = 1;
    for (float factor : factors) {
      largest = Math.max(largest, factor);
    }
    int stepsOfOne = Math.max(1, (int) (Quantization.STEPS / largest));
    Quantization quantization = new Quantization(1f / stepsOfOne, Byte.MIN_VALUE);
    byte[] bytes = new byte[factors.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = quantization.quantize(factors[i]);
    }
    int written = graph.constant(name, shape, TensorType.INT8, bytes);
    graph.quantize(written, quantization);
    return new Value(written, shape, quantization);
  }
}
