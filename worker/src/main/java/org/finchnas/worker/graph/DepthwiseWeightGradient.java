package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of the weights of a depthwise convolution. For each tap, rows of the epsilon are
 * multiplied with rows of the input that lie a tap's distance away, and added to a row of sums,
 * which is added up in double precision at the end.
 *
 * <p>The compiler turns a loop into vector instructions only if all arrays have the same index, so
 * a row of the input is first copied to where the epsilon has its columns.
 */
final class DepthwiseWeightGradient {

  private final Shape input;
  private final Shape output;
  private final Window window;
  private final float[][] epsilon;
  private final float[] row;
  private final float[] shifted;

  /** The columns of a row of the input, sorted by their remainder by the stride. */
  private final float[][] phases;

  /** For each tap a row. */
  private final float[][] sums;

  DepthwiseWeightGradient(Shape input, Window window) {
    this.input = input;
    this.window = window;
    output = window.slideOver(input);
    int length = output.width() * output.channels();
    epsilon = new float[output.height()][length];
    shifted = new float[length];
    row = new float[input.width() * input.channels()];
    phases = new float[window.strideWidth()][];
    phases[0] = row;
    for (int phase = 0; phases.length > 1 && phase < phases.length; phase++) {
      phases[phase] = new float[columns(phase) * input.channels()];
    }
    sums = new float[window.kernelHeight() * window.kernelWidth()][length];
  }

  private int columns(int phase) {
    return (input.width() - phase + window.strideWidth() - 1) / window.strideWidth();
  }

  /** Fills {@code target}, {@code [kernelHeight, kernelWidth, channels, 1]}. */
  void fill(INDArray inputs, INDArray epsilons, INDArray target) {
    for (float[] sum : sums) {
      Arrays.fill(sum, 0);
    }
    FloatBuffer x = Floats.of(inputs);
    FloatBuffer dy = Floats.of(epsilons);
    for (int image = 0; image < inputs.size(0); image++) {
      for (int y = 0; y < epsilon.length; y++) {
        dy.get((image * epsilon.length + y) * shifted.length, epsilon[y]);
      }
      for (int y = 0; y < input.height(); y++) {
        x.get((image * input.height() + y) * row.length, row);
        sortColumns();
        addRow(y);
      }
    }
    writeTotals(Floats.of(target));
  }

  private void sortColumns() {
    int channels = input.channels();
    for (int phase = 0; phases.length > 1 && phase < phases.length; phase++) {
      for (int column = 0; column < columns(phase); column++) {
        int from = (phase + column * phases.length) * channels;
        System.arraycopy(row, from, phases[phase], column * channels, channels);
      }
    }
  }

  private void addRow(int y) {
    int channels = input.channels();
    for (int tap = 0; tap < window.kernelWidth(); tap++) {
      int distance = tap * window.dilation() - window.padding().left();
      int phase = Math.floorMod(distance, phases.length);
      int shift = Math.floorDiv(distance, phases.length);
      int first = Math.max(0, -shift);
      int last = Math.min(output.width(), columns(phase) - shift);
      if (first < last) {
        int length = (last - first) * channels;
        int from = (first + shift) * channels;
        System.arraycopy(phases[phase], from, shifted, first * channels, length);
        addTaps(y, tap, first * channels, last * channels);
      }
    }
  }

  /** Multiplies with every row of the epsilon that sees row y, each through another tap. */
  private void addTaps(int y, int tapColumn, int from, int to) {
    for (int tapRow = 0; tapRow < window.kernelHeight(); tapRow++) {
      int distance = y + window.padding().top() - tapRow * window.dilation();
      int outputRow = distance / window.strideHeight();
      if (distance >= 0 && distance % window.strideHeight() == 0 && outputRow < output.height()) {
        float[] sum = sums[tapRow * window.kernelWidth() + tapColumn];
        addProducts(sum, epsilon[outputRow], shifted, from, to);
      }
    }
  }

  private static void addProducts(float[] sum, float[] left, float[] right, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += left[i] * right[i];
    }
  }

  private void writeTotals(FloatBuffer target) {
    int channels = input.channels();
    for (int tap = 0; tap < sums.length; tap++) {
      double[] totals = new double[channels];
      for (int i = 0; i < shifted.length; i++) {
        totals[i % channels] += sums[tap][i];
      }
      for (int c = 0; c < channels; c++) {
        target.put(tap * channels + c, (float) totals[c]);
      }
    }
  }
}
