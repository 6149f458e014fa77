package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation in single precision with one pass over the data for each step.
 *
 * <p>Rows are copied to tiles that stay in the first-level cache and whose length is a multiple of
 * the channels, so that each per-channel value is repeated along a tile: then every loop runs over
 * plain arrays of one length, which the compiler turns into vector instructions. Sums are kept for
 * each position of a tile, added up in double precision at the end.
 */
final class FusedBatchNorm implements BatchNormMath {

  /** Floats in a tile, about. */
  private static final int TILE = 2048;

  private final int channels;
  private final int tile;
  private final float[] x;
  private final float[] dy;
  private final float[] first;
  private final float[] second;
  private final float[] third;
  private final float[] sums;
  private final float[] products;

  FusedBatchNorm(int channels) {
    this.channels = channels;
    tile = channels * Math.max(1, TILE / channels);
    x = new float[tile];
    dy = new float[tile];
    first = new float[tile];
    second = new float[tile];
    third = new float[tile];
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
    repeat(near, first);
    clearSums();
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      from.get(start, x, 0, size);
      addDistances(size);
    }
    double[] mean = columnSums(sums);
    double[] variance = columnSums(products);
    double count = (double) length / channels;
    for (int c = 0; c < channels; c++) {
      double distance = mean[c] / count;
      mean[c] = near[c] + distance;
      variance[c] = Math.max(0, variance[c] / count - distance * distance);
    }
    return new Moments(mean, variance);
  }

  private void addDistances(int size) {
    for (int i = 0; i < size; i++) {
      float distance = x[i] - first[i];
      sums[i] += distance;
      products[i] += distance * distance;
    }
  }

  @Override
  public void transform(INDArray input, double[] scale, double[] offset, INDArray output) {
    FloatBuffer from = Floats.of(input);
    FloatBuffer to = Floats.of(output);
    repeat(scale, first);
    repeat(offset, second);
    int length = Math.toIntExact(input.length());
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      from.get(start, x, 0, size);
      for (int i = 0; i < size; i++) {
        x[i] = x[i] * first[i] + second[i];
      }
      to.put(start, x, 0, size);
    }
  }

  @Override
  public Gradients backward(INDArray input, INDArray epsilon, Applied applied, INDArray target) {
    FloatBuffer inputs = Floats.of(input);
    FloatBuffer epsilons = Floats.of(epsilon);
    int length = Math.toIntExact(input.length());
    repeat(applied.mean(), first);
    sumProducts(inputs, epsilons, length);
    double[] sum = columnSums(sums);
    double[] product = columnSums(products);
    double count = (double) length / channels;
    double[] scale = new double[channels];
    double[] slope = new double[channels];
    double[] constant = new double[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = applied.scale(c);
      product[c] *= applied.inverse()[c];
      constant[c] = -scale[c] * sum[c] / count;
      slope[c] = -scale[c] * applied.inverse()[c] * product[c] / count;
    }
    repeat(scale, second);
    repeat(slope, third);
    repeat(constant, sums);
    fillGradient(inputs, epsilons, Floats.of(target), length);
    return new Gradients(product, sum);
  }

  private void sumProducts(FloatBuffer inputs, FloatBuffer epsilons, int length) {
    clearSums();
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      inputs.get(start, x, 0, size);
      epsilons.get(start, dy, 0, size);
      for (int i = 0; i < size; i++) {
        sums[i] += dy[i];
        products[i] += dy[i] * (x[i] - first[i]);
      }
    }
  }

  private void fillGradient(FloatBuffer inputs, FloatBuffer epsilons, FloatBuffer to, int length) {
    for (int start = 0; start < length; start += tile) {
      int size = Math.min(tile, length - start);
      inputs.get(start, x, 0, size);
      epsilons.get(start, dy, 0, size);
      for (int i = 0; i < size; i++) {
        dy[i] = second[i] * dy[i] + third[i] * (x[i] - first[i]) + sums[i];
      }
      to.put(start, dy, 0, size);
    }
  }

  private void clearSums() {
    Arrays.fill(sums, 0);
    Arrays.fill(products, 0);
  }

  private void repeat(double[] values, float[] target) {
    for (int i = 0; i < tile; i++) {
      target[i] = (float) values[i % channels];
    }
  }

  private double[] columnSums(float[] values) {
    double[] result = new double[channels];
    for (int i = 0; i < tile; i++) {
      result[i % channels] += values[i];
    }
    return result;
  }

  private double[] columnMeans(float[] values, int size) {
    double[] result = new double[channels];
    for (int i = 0; i < size; i++) {
      result[i % channels] += values[i] * (double) channels / size;
    }
    return result;
  }
}
