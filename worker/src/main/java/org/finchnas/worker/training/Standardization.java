package org.finchnas.worker.training;

import java.util.Arrays;
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
    Arrays.fill(target, offset, offset + size.height() * size.width() * tables.length, 0);
    Augmentation.Span columns = augmentation.columns(size.width());
    Augmentation.Span rows = augmentation.rows(size.height());
    for (int channel = 0; channel < tables.length; channel++) {
      for (int y = rows.first(); y < rows.end(); y++) {
        int source = (channel * size.height() + augmentation.row(y)) * size.width();
        source += augmentation.column(columns.first(), size.width());
        int at = offset + (y * size.width() + columns.first()) * tables.length + channel;
        for (int x = columns.first(); x < columns.end(); x++) {
          target[at] = tables[channel][pixels[source] & 0xff];
          at += tables.length;
          source += augmentation.step();
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
