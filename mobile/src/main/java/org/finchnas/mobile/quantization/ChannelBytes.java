package org.finchnas.mobile.quantization;

/**
 * What a convolution multiplies by and adds, in signed bytes: a scale for each output channel and 0
 * in the middle, biases counted in products of the scales of input and weights.
 */
public final class ChannelBytes {

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

  private final byte[] weights;
  private final int[] bias;
  private final float[] scales;
  private final float[] biasScales;

  private ChannelBytes(int weights, int outputs) {
    this.weights = new byte[weights];
    this.bias = new int[outputs];
    this.scales = new float[outputs];
    this.biasScales = new float[outputs];
  }

  /** Where the weights of one output channel are among all. */
  public interface Layout {

    /**
     * @param index from 0, of the weights of this channel
     */
    int weight(int output, int index);

    /** Those of a channel one after the other. */
    static Layout channelAfterChannel(int weightsOfAnOutput) {
      return (output, index) -> output * weightsOfAnOutput + index;
    }
  }

  /**
   * @param bias one number an output channel
   * @param in what is multiplied
   * @param out what comes out
   */
  public static ChannelBytes of(
      float[] weights, float[] bias, Layout layout, Quantization in, Quantization out) {
    ChannelBytes result = new ChannelBytes(weights.length, bias.length);
    int weightsOfAnOutput = weights.length / bias.length;
    for (int c = 0; c < bias.length; c++) {
      float largest = 0;
      for (int i = 0; i < weightsOfAnOutput; i++) {
        largest = Math.max(largest, Math.abs(weights[layout.weight(c, i)]));
      }
      float scale = weightScale(largest, bias[c], in.scale(), out.scale());
      for (int i = 0; i < weightsOfAnOutput; i++) {
        int place = layout.weight(c, i);
        double steps = Math.rint(weights[place] / scale);
        result.weights[place] = (byte) Math.max(-WEIGHT_STEPS, Math.min(WEIGHT_STEPS, steps));
      }
      result.scales[c] = scale;
      result.biasScales[c] = in.scale() * scale;
      result.bias[c] = (int) Math.rint(bias[c] / (double) result.biasScales[c]);
    }
    return result;
  }

  /** As fine as the largest weight allows, but so that the bias fits too. */
  private static float weightScale(double largest, float bias, float inScale, float outScale) {
    double finest = FINEST * outScale / inScale;
    double ofBias = Math.abs(bias) / (BIAS_STEPS * inScale);
    double coarsest = COARSEST * outScale / inScale;
    return (float) Math.min(coarsest, Math.max(largest / WEIGHT_STEPS, Math.max(finest, ofBias)));
  }

  /** In the layout they were given in: treat them as read-only. */
  public byte[] weights() {
    return weights;
  }

  /** Treat them as read-only. */
  public int[] bias() {
    return bias;
  }

  /** What a step of a weight is worth, for each output channel: treat them as read-only. */
  public float[] scales() {
    return scales;
  }

  /** What a step of a bias is worth, for each output channel: treat them as read-only. */
  public float[] biasScales() {
    return biasScales;
  }
}
