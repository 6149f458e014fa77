package org.finchnas.mobile.coreml;

import com.google.protobuf.ByteString;
import java.util.List;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Quantization;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Weights;
import org.finchnas.mobile.quantization.HalfPrecision;
import org.finchnas.searchspace.network.Tensor;

/** Stores the numbers of neural network layers in one precision. */
final class LayerWeights {

  private static final int STEPS = 255;

  private final Precision precision;

  LayerWeights(Precision precision) {
    this.precision = precision;
  }

  /** The weights of a layer, those of an output channel together. */
  Weights weights(Tensor tensor) {
    return switch (precision) {
      case FP32 -> floats(tensor.values());
      case FP16 -> halves(tensor.values());
      case INT8 -> bytes(tensor);
    };
  }

  /** The biases that go with {@link #weights}: Core ML takes no single beside half precision. */
  Weights biases(Tensor tensor) {
    return switch (precision) {
      case FP32, INT8 -> floats(tensor.values());
      case FP16 -> halves(tensor.values());
    };
  }

  /** Few numbers that matter much, in single precision always. */
  static Weights floats(float... values) {
    Weights.Builder weights = Weights.newBuilder();
    for (float value : values) {
      weights.addFloats(value);
    }
    return weights.build();
  }

  private static Weights halves(float[] values) {
    return Weights.newBuilder().setHalves(ByteString.copyFrom(HalfPrecision.bytes(values))).build();
  }

  /** From the smallest to the largest weight of each output channel in 255 steps. */
  private static Weights bytes(Tensor tensor) {
    List<Integer> shape = tensor.shape();
    float[] values = tensor.values();
    int rows = shape.get(0);
    int columns = values.length / rows;
    byte[] raw = new byte[values.length];
    Quantization.Linear.Builder linear = Quantization.Linear.newBuilder();
    for (int row = 0; row < rows; row++) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
      float scale = high > low ? (high - low) / STEPS : 1;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        raw[i] = (byte) Math.min(STEPS, Math.round((values[i] - low) / scale));
      }
      linear.addScale(scale).addBias(low);
    }
    return Weights.newBuilder()
        .setRaw(ByteString.copyFrom(raw))
        .setQuantization(Quantization.newBuilder().setBits(Byte.SIZE).setLinear(linear))
        .build();
  }
}
