package org.finchnas.mobile.coreml.decoder;

/** Reads the numbers of a neural network's layer in whichever way they are stored. */
final class NumberReader {

  private static final int SINGLE = 1;
  private static final int HALF = 2;
  private static final int RAW = 30;
  private static final int QUANTIZATION = 40;
  private static final int LINEAR = 101;

  private NumberReader() {}

  static float[] read(WireMessage weights) {
    if (weights.has(RAW)) {
      return dequantized(weights.bytes(RAW), weights.message(QUANTIZATION));
    }
    return weights.has(HALF) ? Halves.read(weights.bytes(HALF)) : weights.singles(SINGLE);
  }

  /** Each byte q means {@code q * scale + bias}, both one for all or one an output channel. */
  private static float[] dequantized(byte[] raw, WireMessage quantization) {
    float[] scale = quantization.message(LINEAR).singles(1);
    float[] bias = quantization.message(LINEAR).singles(2);
    if (quantization.integer(1, 0) != 8
        || scale.length == 0
        || scale.length != bias.length
        || raw.length % scale.length != 0) {
      throw new MalformedModelException("quantised weights lack scales or biases");
    }
    int row = raw.length / scale.length;
    float[] values = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      values[i] = Byte.toUnsignedInt(raw[i]) * scale[i / row] + bias[i / row];
    }
    return values;
  }
}
