package org.finchnas.worker.graph;

import java.util.Arrays;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * What the taps of a window see of one row of an image as it slides along it.
 *
 * <p>The compiler turns a loop into vector instructions only if all arrays have the same index. So
 * what a tap sees is first copied to where the row of places has its columns, and back again.
 */
final class RowTaps {

  private final int channels;
  private final int stride;
  private final int left;
  private final int columns;
  private final int places;
  private final float[] back;

  RowTaps(Shape input, Window window) {
    channels = input.channels();
    stride = window.strideWidth();
    left = window.padding().left();
    columns = input.width();
    places = window.slideOver(input).width();
    back = new float[columns * channels];
  }

  /** The first place whose tap lies inside the image; the number of places if there is none. */
  private int first(int tap) {
    return Math.min(places, Math.max(0, Math.floorDiv(left - tap + stride - 1, stride)));
  }

  /** The place after the last whose tap lies inside the image, not before the first. */
  private int end(int tap) {
    int last = Math.floorDiv(columns - 1 + left - tap, stride);
    return Math.max(first(tap), Math.min(places, last + 1));
  }

  private int column(int place, int tap) {
    return place * stride + tap - left;
  }

  /**
   * Fills {@code to}, a row of places, with what a tap sees; {@code padding} where it is outside.
   */
  void gather(float[] row, int tap, float padding, float[] to) {
    int first = first(tap);
    int end = end(tap);
    Arrays.fill(to, 0, first * channels, padding);
    Arrays.fill(to, end * channels, places * channels, padding);
    if (first == end) {
      return;
    }
    if (stride == 1) {
      int from = column(first, tap) * channels;
      System.arraycopy(row, from, to, first * channels, (end - first) * channels);
    } else {
      for (int place = first; place < end; place++) {
        System.arraycopy(row, column(place, tap) * channels, to, place * channels, channels);
      }
    }
  }

  /** Adds a row of places to what a tap sees of {@code row}. */
  void scatter(float[] from, int tap, float[] row) {
    int first = first(tap);
    int end = end(tap);
    if (first == end) {
      return;
    }
    int start = column(first, tap) * channels;
    int length = (column(end - 1, tap) + 1) * channels - start;
    if (stride == 1) {
      System.arraycopy(from, first * channels, back, start, length);
    } else {
      Arrays.fill(back, start, start + length, 0);
      for (int place = first; place < end; place++) {
        System.arraycopy(from, place * channels, back, column(place, tap) * channels, channels);
      }
    }
    add(back, row, start, start + length);
  }

  private static void add(float[] values, float[] sums, int from, int to) {
    for (int i = from; i < to; i++) {
      sums[i] += values[i];
    }
  }
}
