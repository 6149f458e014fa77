package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Makes what a graph reads out of stored images. */
public final class PixelInput {
  private PixelInput() {}

  /**
   * Normalised images as {@code [count, height, width, channels]}.
   *
   * @param pixels images one after the other, each channel, row, column, values 0…255
   * @param first index of the first image to take
   */
  public static INDArray of(
      byte[] pixels, int first, int count, Shape shape, Normalization normalization) {
    int area = shape.height() * shape.width();
    int channels = shape.channels();
    float[] values = new float[count * area * channels];
    for (int image = 0; image < count; image++) {
      for (int channel = 0; channel < channels; channel++) {
        float mean = normalization.mean().get(channel);
        float deviation = normalization.deviation().get(channel);
        int from = ((first + image) * channels + channel) * area;
        int to = image * area * channels + channel;
        for (int pixel = 0; pixel < area; pixel++) {
          values[to + pixel * channels] = ((pixels[from + pixel] & 0xFF) - mean) / deviation;
        }
      }
    }
    return array(values, count, shape);
  }

  /** Values in the order of a graph's input, as the graph's input. */
  public static INDArray array(float[] values, int count, Shape shape) {
    INDArray array =
        Nd4j.createUninitialized(
            DataType.FLOAT, count, shape.height(), shape.width(), shape.channels());
    Floats.copy(values, array);
    return array;
  }
}
