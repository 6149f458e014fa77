package org.finchnas.mobile.coreml;

import org.finchnas.mobile.quantization.HalfPrecision;
import org.finchnas.searchspace.network.Tensor;

/**
 * Weights as signed bytes, symmetric around zero, with a scale for each output channel.
 *
 * @param scales exact in half precision, in which they are stored
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record QuantizedRows(byte[] bytes, float[] scales) {

  private static final int LARGEST = 127;

  static QuantizedRows of(Tensor tensor) {
    float[] values = tensor.values();
    float[] scales = new float[tensor.shape().get(0)];
    byte[] bytes = new byte[values.length];
    int columns = values.length / scales.length;
    for (int row = 0; row < scales.length; row++) {
      float largest = 0;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      // Rounded before the weights are divided by it, so that its rounding costs them nothing.
      scales[row] = HalfPrecision.atLeast(largest / LARGEST);
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        bytes[i] = (byte) Math.round(values[i] / scales[row]);
      }
    }
    return new QuantizedRows(bytes, scales);
  }
}
