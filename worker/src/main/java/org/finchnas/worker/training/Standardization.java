package org.finchnas.worker.training;

import java.util.List;
import org.finchnas.data.ChannelStatistics;
import org.finchnas.searchspace.network.Normalization;

/** Turns bytes into what a network reads, by a table a channel. */
final class Standardization {

  private final float[][] tables;

  Standardization(Normalization normalization) {
    tables = new float[normalization.mean().size()][256];
    for (int channel = 0; channel < tables.length; channel++) {
      float mean = normalization.mean().get(channel);
      float deviation = normalization.deviation().get(channel);
      for (int value = 0; value < 256; value++) {
        tables[channel][value] = (value - mean) / deviation;
      }
    }
  }

  /**
   * What makes the given images have mean 0 and deviation 1; a constant channel is only shifted.
   */
  static Normalization of(LabelledImages images) {
    ChannelStatistics statistics = ChannelStatistics.of(images.images(), images.chosen());
    return new Normalization(
        floats(statistics.mean()),
        floats(statistics.deviation()).stream().map(d -> d > 0 ? d : 1f).toList());
  }

  /**
   * Writes an image as row, column, channel.
   *
   * @param pixels channel, row, column
   */
  void write(byte[] pixels, ImageSize size, Augmentation augmentation, float[] target, int offset) {
    int at = offset;
    for (int y = 0; y < size.height(); y++) {
      int row = augmentation.row(y);
      for (int x = 0; x < size.width(); x++) {
        int column = augmentation.column(x, size.width());
        boolean inside = row >= 0 && row < size.height() && column >= 0 && column < size.width();
        for (int channel = 0; channel < tables.length; channel++) {
          int source = (channel * size.height() + row) * size.width() + column;
          target[at++] = inside ? tables[channel][pixels[source] & 0xff] : 0;
        }
      }
    }
  }

  private static List<Float> floats(List<Double> values) {
    return values.stream().map(Double::floatValue).toList();
  }

  /** Rows and columns of an image. */
  record ImageSize(int height, int width) {}
}
