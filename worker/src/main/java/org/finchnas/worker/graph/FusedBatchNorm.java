package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation in single precision, with the ReLU behind it, and with one pass over the data
 * for each step.
 *
 * <p>Rows are copied to tiles that stay in the first-level cache and whose length is a multiple of
 * the channels, so that each per-channel value is repeated along a tile: then every loop runs over
 * plain arrays of one length, which the compiler turns into vector instructions. Sums are kept for
 * each position of a tile, added up in double precision at the end. What the ReLU cut off is
 * computed again from the input rather than read from the output.
 */
final class FusedBatchNorm implements BatchNormMath {

  /** Floats in a tile, about: nine tiles and what else is used fit the first-level cache. */
  private static final int TILE = 256;

  private final int channels;
  private final Clip clip;
  private final int tile;
  private final float[] x;
  private final float[] dy;
  private final float[] mean;
  private final float[] scale;
  private final float[] offset;
  private final float[] slope;
  private final float[] constant;
  private final float[] sums;
  private final float[] products;

  FusedBatchNorm(int channels, Clip clip) {
    this.channels = channels;
    this.clip = clip;
    tile = channels * Math.max(1, TILE / channels);
    x = new float[tile];
    dy = new float[tile];
    mean = new float[tile];
    scale = new float[tile];
    offset = new float[tile];
    slope = new float[tile];
    constant = new float[tile];
    sums = new float[tile];
    products = new float[tile];
  }

  @Override
  public Moments moments(INDArray input) {
    FloatBuffer from = Floats.of(input);
    int length = Math.toIntExact(input.length());
    from.get(0, x, 0, Math.min(tile, length));
    // Distances from a value near the mean lose no digits when they are squared.
    double[] near = columnMeans(x, Math.min(tile, length));
    repeat(near, mean);
    clearSums();
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      from.get(start, x, 0, size);
      addDistances(size);
    }
    double[] means = columnSums(sums);
    double[] variances = columnSums(products);
    double count = (double) length / channels;
    for (int c = 0; c < channels; c++) {
      double distance = means[c] / count;
      means[c] = near[c] + distance;
      variances[c] = Math.max(0, variances[c] / count - distance * distance);
    }
    return new Moments(means, variances);
  }

  private void addDistances(int size) {
    for (int i = 0; i < size; i++) {
      float distance = x[i] - mean[i];
      sums[i] += distance;
      products[i] += distance * distance;
    }
  }

  @Override
  public void transform(INDArray input, Applied applied, INDArray output) {
    FloatBuffer from = Floats.of(input);
    FloatBuffer to = Floats.of(output);
    repeatTransform(applied);
    int length = Math.toIntExact(input.length());
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      from.get(start, x, 0, size);
      for (int i = 0; i < size; i++) {
        x[i] = Clip.cut(x[i] * scale[i] + offset[i], clip.low(), clip.high());
      }
      to.put(start, x, 0, size);
    }
  }

  @Override
  public Gradients backward(INDArray input, INDArray epsilon, Applied applied, INDArray target) {
    FloatBuffer inputs = Floats.of(input);
    FloatBuffer epsilons = Floats.of(epsilon);
    int length = Math.toIntExact(input.length());
    repeat(applied.mean(), mean);
    repeatTransform(applied);
    FloatBuffer to = Floats.of(target);
    FloatBuffer cut = sumProducts(inputs, epsilons, to, length);
    double[] sum = columnSums(sums);
    double[] product = columnSums(products);
    double count = (double) length / channels;
    double[] slopes = new double[channels];
    double[] constants = new double[channels];
    for (int c = 0; c < channels; c++) {
      product[c] *= applied.inverse()[c];
      constants[c] = -applied.scale(c) * sum[c] / count;
      slopes[c] = -applied.scale(c) * applied.inverse()[c] * product[c] / count;
    }
    repeat(slopes, slope);
    repeat(constants, constant);
    fillGradient(inputs, cut, to, length);
    return new Gradients(product, sum);
  }

  /**
   * Adds up; where there is a ReLU, the epsilon before it is left in {@code to}.
   *
   * @return where the epsilon before the ReLU is
   */
  private FloatBuffer sumProducts(
      FloatBuffer inputs, FloatBuffer epsilons, FloatBuffer to, int length) {
    boolean cuts = !clip.equals(Clip.NONE);
    clearSums();
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      inputs.get(start, x, 0, size);
      epsilons.get(start, dy, 0, size);
      if (cuts) {
        cutEpsilons(size);
        to.put(start, dy, 0, size);
      }
      addProducts(size);
    }
    return cuts ? to : epsilons;
  }

  private void cutEpsilons(int size) {
    for (int i = 0; i < size; i++) {
      dy[i] *= Clip.slope(x[i] * scale[i] + offset[i], clip.low(), clip.high());
    }
  }

  private void addProducts(int size) {
    for (int i = 0; i < size; i++) {
      sums[i] += dy[i];
      products[i] += dy[i] * (x[i] - mean[i]);
    }
  }

  private void fillGradient(FloatBuffer inputs, FloatBuffer cut, FloatBuffer to, int length) {
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      inputs.get(start, x, 0, size);
      cut.get(start, dy, 0, size);
      for (int i = 0; i < size; i++) {
        dy[i] = scale[i] * dy[i] + slope[i] * (x[i] - mean[i]) + constant[i];
      }
      to.put(start, dy, 0, size);
    }
  }

  private void repeatTransform(Applied applied) {
    double[] scales = new double[channels];
    double[] offsets = new double[channels];
    for (int c = 0; c < channels; c++) {
      scales[c] = applied.scale(c);
      offsets[c] = applied.offset(c);
    }
    repeat(scales, scale);
    repeat(offsets, offset);
  }

  private void clearSums() {
    Arrays.fill(sums, 0);
    Arrays.fill(products, 0);
  }

  private void repeat(double[] values, float[] target) {
    for (int c = 0; c < channels; c++) {
      target[c] = (float) values[c];
    }
    for (int filled = channels; filled < tile; filled *= 2) {
      System.arraycopy(target, 0, target, filled, Math.min(filled, tile - filled));
    }
  }

  private double[] columnSums(float[] values) {
    double[] result = new double[channels];
    for (int start = 0; start < tile; start += channels) {
      for (int c = 0; c < channels; c++) {
        result[c] += values[start + c];
      }
    }
    return result;
  }

  private double[] columnMeans(float[] values, int size) {
    double[] result = new double[channels];
    for (int start = 0; start < size; start += channels) {
      for (int c = 0; c < channels; c++) {
        result[c] += values[start + c] * (double) channels / size;
      }
    }
    return result;
  }
}
