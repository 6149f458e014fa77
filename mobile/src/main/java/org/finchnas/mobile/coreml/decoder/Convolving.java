package org.finchnas.mobile.coreml.decoder;

import java.util.Arrays;

/**
 * A convolution with its numbers.
 *
 * @param weights {@code [outputs, inputs / groups, kernelHeight, kernelWidth]}
 * @param bias one value an output channel, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Convolving(Sliding window, int outputs, int groups, float[] weights, float[] bias) {

  Convolving {
    if (groups < 1
        || outputs % groups != 0
        || weights.length % (outputs * window.taps()) != 0
        || (bias.length != 0 && bias.length != outputs)) {
      throw new MalformedModelException(
          "%d weights and %d biases are no convolution to %d channels in %d groups"
              .formatted(weights.length, bias.length, outputs, groups));
    }
  }

  Blob of(Blob x) {
    int channels = x.size(1);
    int inputs = channels / groups;
    if (x.size(0) != 1 || (long) outputs * inputs * window.taps() != weights.length) {
      throw new MalformedModelException(
          "%d weights do not fit an image of %d channels".formatted(weights.length, channels));
    }
    int height = window.outputs(0, x.size(2));
    int width = window.outputs(1, x.size(3));
    float[] result = new float[outputs * height * width];
    for (int group = 0; group < groups; group++) {
      float[] columns = columns(x, group * inputs, inputs, height, width);
      for (int i = 0; i < outputs / groups; i++) {
        multiply(group * (outputs / groups) + i, columns, height * width, result);
      }
    }
    return new Blob(new int[] {1, outputs, height, width}, result);
  }

  /** For each input channel and tap what that tap reads at all places: im2col. */
  private float[] columns(Blob x, int first, int inputs, int height, int width) {
    int area = x.size(2) * x.size(3);
    if (window.pointwise()) {
      return Arrays.copyOfRange(x.values(), first * area, (first + inputs) * area);
    }
    float[] columns = new float[inputs * window.taps() * height * width];
    int next = 0;
    for (int c = first; c < first + inputs; c++) {
      for (int i = 0; i < window.kernel()[0]; i++) {
        for (int j = 0; j < window.kernel()[1]; j++) {
          for (int row = 0; row < height; row++) {
            int from = window.place(0, row, i);
            if (from >= 0 && from < x.size(2)) {
              copyRow(x, c * area + from * x.size(3), j, columns, next, width);
            }
            next += width;
          }
        }
      }
    }
    return columns;
  }

  private void copyRow(Blob x, int rowStart, int tap, float[] columns, int to, int width) {
    for (int column = 0; column < width; column++) {
      int from = window.place(1, column, tap);
      if (from >= 0 && from < x.size(3)) {
        columns[to + column] = x.values()[rowStart + from];
      }
    }
  }

  /**
   * One output channel: the sum of all columns, each times its weight. In double precision, so that
   * the decoder adds next to nothing to the difference that is measured with it.
   */
  private void multiply(int output, float[] columns, int area, float[] result) {
    int terms = columns.length / area;
    double[] sum = new double[area];
    Arrays.fill(sum, bias.length == 0 ? 0 : bias[output]);
    int k = 0;
    for (; k + 4 <= terms; k += 4) {
      int w = output * terms + k;
      addFour(sum, columns, k * area, weights[w], weights[w + 1], weights[w + 2], weights[w + 3]);
    }
    for (; k < terms; k++) {
      double weight = weights[output * terms + k];
      for (int i = 0; i < area; i++) {
        sum[i] += weight * columns[k * area + i];
      }
    }
    for (int i = 0; i < area; i++) {
      result[output * area + i] = (float) sum[i];
    }
  }

  /** Four columns in one pass, so that the sum is read and written a quarter as often. */
  private static void addFour(
      double[] sum, float[] columns, int start, double a, double b, double c, double d) {
    int area = sum.length;
    for (int i = 0; i < area; i++) {
      sum[i] +=
          a * columns[start + i]
              + b * columns[start + area + i]
              + c * columns[start + 2 * area + i]
              + d * columns[start + 3 * area + i];
    }
  }
}
