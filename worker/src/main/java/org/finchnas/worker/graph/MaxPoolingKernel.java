package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maximum of each window, in single precision; padding counts as minus infinity.
 *
 * <p>First along the rows of the input, then across them. A gradient goes back the same way, each
 * time to the first that equals the maximum. {@code maxpool2d_bp} is slow.
 */
final class MaxPoolingKernel extends Kernel {

  private static final float HUGE = 1e38f;

  /** Finite, as infinity times zero is not a number. */
  private static final float LOWEST = -Float.MAX_VALUE;

  private final Window window;
  private final Shape output;
  private final RowTaps taps;
  private final float[][] rows;
  private final float[][] maxima;
  private final float[][] gradients;
  private final float[] seen;
  private final float[] largest;
  private final float[] epsilons;
  private final float[] taken;
  private final float[] passed;
  private final float[] gradient;

  MaxPoolingKernel(Place place, Window window) {
    super(place);
    this.window = window;
    Shape input = place.input();
    output = window.slideOver(input);
    taps = new RowTaps(input, window);
    int length = output.width() * output.channels();
    rows = new float[input.height()][input.width() * input.channels()];
    maxima = new float[input.height()][length];
    gradients = new float[input.height()][length];
    seen = new float[length];
    largest = new float[length];
    epsilons = new float[length];
    taken = new float[length];
    passed = new float[length];
    gradient = new float[input.width() * input.channels()];
  }

  @Override
  void forward(INDArray[] inputs, INDArray result, boolean training) {
    FloatBuffer from = Floats.of(inputs[0]);
    FloatBuffer to = Floats.of(result);
    for (int image = 0; image < inputs[0].size(0); image++) {
      read(from, image);
      for (int y = 0; y < output.height(); y++) {
        Arrays.fill(largest, LOWEST);
        for (int tap = 0; tap < window.kernelHeight(); tap++) {
          int row = row(y, tap);
          if (isInside(row)) {
            raise(largest, maxima[row]);
          }
        }
        to.put((image * output.height() + y) * largest.length, largest);
      }
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray result, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    FloatBuffer from = Floats.of(inputs[0]);
    FloatBuffer results = Floats.of(result);
    FloatBuffer dy = Floats.of(epsilon);
    FloatBuffer to = Floats.of(target);
    for (int image = 0; image < epsilon.size(0); image++) {
      read(from, image);
      for (float[] each : gradients) {
        Arrays.fill(each, 0);
      }
      for (int y = 0; y < output.height(); y++) {
        int start = (image * output.height() + y) * largest.length;
        results.get(start, largest);
        dy.get(start, epsilons);
        passAcrossRows(y);
      }
      for (int row = 0; row < rows.length; row++) {
        passAlong(row);
        to.put((image * rows.length + row) * gradient.length, gradient);
      }
    }
    return Ops.arrays(target);
  }

  /** Takes in an image and the maxima along its rows. */
  private void read(FloatBuffer batch, int image) {
    for (int row = 0; row < rows.length; row++) {
      batch.get((image * rows.length + row) * rows[row].length, rows[row]);
      taps.gather(rows[row], 0, LOWEST, maxima[row]);
      for (int tap = 1; tap < window.kernelWidth(); tap++) {
        taps.gather(rows[row], tap, LOWEST, seen);
        raise(maxima[row], seen);
      }
    }
  }

  private int row(int y, int tap) {
    return y * window.strideHeight() + tap - window.padding().top();
  }

  private boolean isInside(int row) {
    return row >= 0 && row < rows.length;
  }

  private void passAcrossRows(int y) {
    Arrays.fill(taken, 0);
    for (int tap = 0; tap < window.kernelHeight(); tap++) {
      int row = row(y, tap);
      if (isInside(row)) {
        pass(maxima[row], largest, epsilons, taken, gradients[row]);
      }
    }
  }

  private void passAlong(int row) {
    Arrays.fill(gradient, 0);
    Arrays.fill(taken, 0);
    for (int tap = 0; tap < window.kernelWidth(); tap++) {
      taps.gather(rows[row], tap, LOWEST, seen);
      Arrays.fill(passed, 0);
      pass(seen, maxima[row], gradients[row], taken, passed);
      taps.scatter(passed, tap, gradient);
    }
  }

  private static void raise(float[] largest, float[] values) {
    for (int i = 0; i < largest.length; i++) {
      largest[i] = Math.max(largest[i], values[i]);
    }
  }

  /**
   * Adds epsilons to sums where a value is the maximum and no value before it was. Without
   * comparisons, which the compiler does not turn into vector instructions: the products make a 1
   * of the smallest distance.
   */
  private static void pass(
      float[] values, float[] maxima, float[] epsilons, float[] taken, float[] sums) {
    for (int i = 0; i < values.length; i++) {
      float other = Math.min(1, (maxima[i] - values[i]) * HUGE * HUGE);
      float share = (1 - other) * (1 - taken[i]);
      taken[i] += share;
      sums[i] += share * epsilons[i];
    }
  }
}
