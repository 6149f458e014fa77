package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** One image with its padding around it, to write out what the places of a window see. */
final class PaddedImage {

  private final Shape input;
  private final Window window;
  private final int places;
  private final int rowLength;
  private final float[] values;
  private final float[] patches;

  PaddedImage(Shape input, Window window) {
    this.input = input;
    this.window = window;
    places = window.slideOver(input).width();
    int columns = input.width() + window.padding().left() + window.padding().right();
    rowLength = columns * input.channels();
    values = new float[rows() * rowLength];
    patches = new float[places * window.kernelHeight() * window.kernelWidth() * input.channels()];
  }

  int rows() {
    return input.height() + window.padding().top() + window.padding().bottom();
  }

  /** Takes in an image of a batch. */
  void read(FloatBuffer batch, int image) {
    int length = input.width() * input.channels();
    for (int y = 0; y < input.height(); y++) {
      int row = (y + window.padding().top()) * rowLength;
      int from = (image * input.height() + y) * length;
      batch.get(from, values, row + window.padding().left() * input.channels(), length);
    }
  }

  /** Appends what each place in a row of places sees of the {@code taps} rows from {@code row}. */
  void append(FloatBuffer to, int row, int taps) {
    int run = window.kernelWidth() * input.channels();
    int step = window.strideWidth() * input.channels();
    int filled = 0;
    for (int place = 0; place < places; place++) {
      int from = row * rowLength + place * step;
      for (int tap = 0; tap < taps; tap++) {
        System.arraycopy(values, from + tap * rowLength, patches, filled, run);
        filled += run;
      }
    }
    to.put(patches, 0, filled);
  }
}
