package org.finchnas.mobile.coreml.decoder;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What the other operations of both formats compute. */
final class Evaluation {
  private Evaluation() {}

  static Blob each(Blob x, DoubleUnaryOperator function) {
    float[] result = new float[x.values().length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) function.applyAsDouble(x.values()[i]);
    }
    return new Blob(x.shape(), result);
  }

  /** Element by element; the larger shape is that of the result. */
  static Blob both(Blob a, Blob b, DoubleBinaryOperator function) {
    int[] shape = common(a.shape(), b.shape());
    float[] left = a.broadcast(shape).values();
    float[] right = b.broadcast(shape).values();
    float[] result = new float[left.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) function.applyAsDouble(left[i], right[i]);
    }
    return new Blob(shape, result);
  }

  static Blob all(List<Blob> inputs, DoubleBinaryOperator function) {
    return inputs.stream()
        .reduce((a, b) -> both(a, b, function))
        .orElseThrow(() -> new MalformedModelException("an operation has no input"));
  }

  private static int[] common(int[] a, int[] b) {
    if (a.length < b.length) {
      return common(b, a);
    }
    int[] shape = a.clone();
    int missing = a.length - b.length;
    for (int i = 0; i < b.length; i++) {
      shape[missing + i] = Math.max(a[missing + i], b[i]);
    }
    return shape;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double clip(double x, double low, double high) {
    return Math.min(high, Math.max(low, x));
  }

  static Blob maximum(Blob x, Sliding window) {
    return pooled(x, window, true);
  }

  /** The average of the pixels under the window; padding is no pixel. */
  static Blob average(Blob x, Sliding window) {
    return pooled(x, window, false);
  }

  private static Blob pooled(Blob x, Sliding window, boolean maximum) {
    int height = window.outputs(0, x.size(2));
    int width = window.outputs(1, x.size(3));
    float[] result = new float[x.size(0) * x.size(1) * height * width];
    int next = 0;
    for (int plane = 0; plane < x.size(0) * x.size(1); plane++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          result[next++] = (float) pooled(x, plane, row, column, window, maximum);
        }
      }
    }
    return new Blob(new int[] {x.size(0), x.size(1), height, width}, result);
  }

  private static double pooled(
      Blob x, int plane, int row, int column, Sliding window, boolean maximum) {
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int pixels = 0;
    for (int i = 0; i < window.kernel()[0]; i++) {
      int y = window.place(0, row, i);
      for (int j = 0; j < window.kernel()[1]; j++) {
        int z = window.place(1, column, j);
        if (y >= 0 && y < x.size(2) && z >= 0 && z < x.size(3)) {
          double value = x.values()[(plane * x.size(2) + y) * x.size(3) + z];
          largest = Math.max(largest, value);
          sum += value;
          pixels++;
        }
      }
    }
    return maximum ? largest : sum / pixels;
  }

  /** The mean of each channel, as an image of one pixel. */
  static Blob means(Blob x) {
    int area = x.size(2) * x.size(3);
    float[] result = new float[x.size(0) * x.size(1)];
    for (int plane = 0; plane < result.length; plane++) {
      double sum = 0;
      for (int i = plane * area; i < (plane + 1) * area; i++) {
        sum += x.values()[i];
      }
      result[plane] = (float) (sum / area);
    }
    return new Blob(new int[] {x.size(0), x.size(1), 1, 1}, result);
  }

  /** A value for each row of {@code weights}: their products with all of {@code x}, and a bias. */
  static float[] products(float[] x, float[] weights, float[] bias, int outputs) {
    if (weights.length != (long) outputs * x.length || bias.length != outputs) {
      throw new MalformedModelException(
          "%d weights and %d biases are no layer from %d to %d values"
              .formatted(weights.length, bias.length, x.length, outputs));
    }
    float[] result = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      double sum = bias[output];
      for (int i = 0; i < x.length; i++) {
        sum += (double) weights[output * x.length + i] * x[i];
      }
      result[output] = (float) sum;
    }
    return result;
  }

  /** Over all values: there is one row of them. */
  static Blob softmax(Blob x) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : x.values()) {
      largest = Math.max(largest, value);
    }
    float shift = largest;
    Blob powers = each(x, value -> Math.exp(value - shift));
    double sum = 0;
    for (float power : powers.values()) {
      sum += power;
    }
    double total = sum;
    return each(powers, power -> power / total);
  }

  /** All inputs one after the other along the channels. */
  static Blob joined(List<Blob> inputs) {
    int[] shape = inputs.get(0).shape().clone();
    shape[1] = inputs.stream().mapToInt(input -> input.size(1)).sum();
    float[] result = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    int next = 0;
    for (Blob input : inputs) {
      if (input.size(0) != 1 || input.size(2) != shape[2] || input.size(3) != shape[3]) {
        throw new MalformedModelException("images of several sizes are joined");
      }
      System.arraycopy(input.values(), 0, result, next, input.values().length);
      next += input.values().length;
    }
    return new Blob(shape, result);
  }

  /** An image with constant rows above and below, and columns at its sides. */
  static Blob padded(Blob x, int[] before, int[] after, float value) {
    int height = before[0] + x.size(2) + after[0];
    int width = before[1] + x.size(3) + after[1];
    int planes = x.size(0) * x.size(1);
    float[] result = new float[planes * height * width];
    Arrays.fill(result, value);
    for (int plane = 0; plane < planes; plane++) {
      for (int row = 0; row < x.size(2); row++) {
        System.arraycopy(
            x.values(),
            (plane * x.size(2) + row) * x.size(3),
            result,
            (plane * height + row + before[0]) * width + before[1],
            x.size(3));
      }
    }
    return new Blob(new int[] {x.size(0), x.size(1), height, width}, result);
  }
}
