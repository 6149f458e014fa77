package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean of each window, in single precision; padding counts neither in the sum nor in the
 * divisor. Summed first along the rows of the input, then across them.
 */
final class AveragePoolingKernel extends Kernel {

  private final Window window;
  private final Shape output;
  private final RowTaps taps;
  private final float[] row;
  private final float[][] sums;
  private final float[] seen;
  private final float[] means;

  /** For each row of places, one over the pixels that each place sees, repeated a channel. */
  private final float[][] shares;

  AveragePoolingKernel(Place place, Window window) {
    super(place);
    this.window = window;
    Shape input = place.input();
    output = window.slideOver(input);
    taps = new RowTaps(input, window);
    int length = output.width() * output.channels();
    row = new float[input.width() * input.channels()];
    sums = new float[input.height()][length];
    seen = new float[length];
    means = new float[length];
    shares = shares();
  }

  /** One over the pixels of each window that lie inside the image. */
  private float[][] shares() {
    float[][] counts = new float[output.height()][means.length];
    float[] ones = new float[row.length];
    Arrays.fill(ones, 1);
    Arrays.fill(means, 0);
    addTaps(ones, means);
    for (int y = 0; y < counts.length; y++) {
      int rowsInside = 0;
      for (int tap = 0; tap < window.kernelHeight(); tap++) {
        rowsInside += isInside(row(y, tap)) ? 1 : 0;
      }
      for (int i = 0; i < means.length; i++) {
        counts[y][i] = 1 / Math.max(1, rowsInside * means[i]);
      }
    }
    return counts;
  }

  @Override
  void forward(INDArray[] inputs, INDArray result, boolean training) {
    FloatBuffer from = Floats.of(inputs[0]);
    FloatBuffer to = Floats.of(result);
    for (int image = 0; image < inputs[0].size(0); image++) {
      for (int y = 0; y < sums.length; y++) {
        from.get((image * sums.length + y) * row.length, row);
        Arrays.fill(sums[y], 0);
        addTaps(row, sums[y]);
      }
      for (int y = 0; y < output.height(); y++) {
        Arrays.fill(means, 0);
        for (int tap = 0; tap < window.kernelHeight(); tap++) {
          if (isInside(row(y, tap))) {
            add(sums[row(y, tap)], means);
          }
        }
        multiply(means, shares[y]);
        to.put((image * output.height() + y) * means.length, means);
      }
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray result, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    FloatBuffer dy = Floats.of(epsilon);
    FloatBuffer to = Floats.of(target);
    for (int image = 0; image < epsilon.size(0); image++) {
      for (float[] each : sums) {
        Arrays.fill(each, 0);
      }
      for (int y = 0; y < output.height(); y++) {
        dy.get((image * output.height() + y) * means.length, means);
        multiply(means, shares[y]);
        for (int tap = 0; tap < window.kernelHeight(); tap++) {
          if (isInside(row(y, tap))) {
            add(means, sums[row(y, tap)]);
          }
        }
      }
      for (int y = 0; y < sums.length; y++) {
        Arrays.fill(row, 0);
        for (int tap = 0; tap < window.kernelWidth(); tap++) {
          taps.scatter(sums[y], tap, row);
        }
        to.put((image * sums.length + y) * row.length, row);
      }
    }
    return Ops.arrays(target);
  }

  private int row(int y, int tap) {
    return y * window.strideHeight() + tap - window.padding().top();
  }

  private boolean isInside(int y) {
    return y >= 0 && y < sums.length;
  }

  private void addTaps(float[] values, float[] to) {
    for (int tap = 0; tap < window.kernelWidth(); tap++) {
      taps.gather(values, tap, 0, seen);
      add(seen, to);
    }
  }

  private static void add(float[] values, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += values[i];
    }
  }

  private static void multiply(float[] values, float[] by) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= by[i];
    }
  }
}
