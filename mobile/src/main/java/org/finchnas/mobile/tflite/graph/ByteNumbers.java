package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.quantization.Quantization;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.TensorType;

/**
 * Values and weights in signed bytes, weights with a scale for each output channel and 0 in the
 * middle, as TensorFlow Lite's 8-bit quantization specification has it.
 */
final class ByteNumbers implements Numbers {

  /** The lowest byte is left out, so that weights have as many steps below 0 as above. */
  private static final int WEIGHT_STEPS = 127;

  /** Sums of products and biases are counted in 32 bits; some are left for the sum. */
  private static final double BIAS_STEPS = 0x1p30;

  /** A weight's scale need not be finer than what moves the output by this share of a step. */
  private static final double FINEST = 0x1p-20;

  /**
   * XNNPACK takes no weight of which one step moves the output by 256. That far it saturates for
   * any weight, so larger ones are cut.
   */
  private static final double COARSEST = 0x1p7;

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
    float inScale = scale(in.quantization());
    float[] scales = new float[filter.outputs()];
    float[] biasScales = new float[filter.outputs()];
    byte[] weights = new byte[filter.weights().length];
    int[] bias = new int[filter.outputs()];
    for (int c = 0; c < scales.length; c++) {
      scales[c] = weightScale(filter, c, inScale, scale(out.quantization()));
      biasScales[c] = inScale * scales[c];
      bias[c] = (int) Math.rint(filter.bias()[c] / (double) biasScales[c]);
      for (int i = 0; i < filter.weightsOfAnOutput(); i++) {
        int place = filter.weight(c, i);
        double steps = Math.rint(filter.weights()[place] / scales[c]);
        weights[place] = (byte) Math.max(-WEIGHT_STEPS, Math.min(WEIGHT_STEPS, steps));
      }
    }
    long[] zeros = new long[scales.length];
    int written = graph.constant(output + ":weights", filter.shape(), TensorType.INT8, weights);
    graph.quantize(written, filter.depthwise() ? 3 : 0, scales, zeros);
    int added = graph.ints(output + ":bias", List.of(bias.length), bias);
    graph.quantize(added, 0, biasScales, zeros);
    return new Constants(written, added);
  }

  /** As fine as its largest weight allows, but so that its bias fits too. */
  private static float weightScale(Filter filter, int output, float inScale, float outScale) {
    double largest = 0;
    for (int i = 0; i < filter.weightsOfAnOutput(); i++) {
      largest = Math.max(largest, Math.abs(filter.weights()[filter.weight(output, i)]));
    }
    double finest = FINEST * outScale / inScale;
    double ofBias = Math.abs(filter.bias()[output]) / (BIAS_STEPS * inScale);
    double coarsest = COARSEST * outScale / inScale;
    return (float) Math.min(coarsest, Math.max(largest / WEIGHT_STEPS, Math.max(finest, ofBias)));
  }

  private static float scale(@Nullable Quantization quantization) {
    if (quantization == null) {
      throw new IllegalStateException("A convolution of bytes reads and writes bytes.");
    }
    return quantization.scale();
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
