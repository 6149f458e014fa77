package org.finchnas.mobile.coreml;

import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Where one tap of a dilated window reads along one axis of a padded image, over all places of the
 * window.
 *
 * @param count of taps
 * @param outputs places of the window
 */
record Taps(int count, int dilation, int stride, int outputs) {

  static Taps ofRows(Window window, Shape out) {
    return new Taps(window.kernelHeight(), window.dilation(), window.strideHeight(), out.height());
  }

  static Taps ofColumns(Window window, Shape out) {
    return new Taps(window.kernelWidth(), window.dilation(), window.strideWidth(), out.width());
  }

  int start(int tap) {
    return tap * dilation;
  }

  /** Behind the last place that is read. */
  int end(int tap) {
    return start(tap) + (outputs - 1) * stride + 1;
  }

  /** For each place of a window one divided by how many of its taps are pixels, not padding. */
  static float[] shares(Window window, Shape in, Shape out) {
    float[] shares = new float[out.height() * out.width()];
    for (int row = 0; row < out.height(); row++) {
      int rows = ofRows(window, out).inside(row, window.padding().top(), in.height());
      for (int column = 0; column < out.width(); column++) {
        int columns = ofColumns(window, out).inside(column, window.padding().left(), in.width());
        shares[row * out.width() + column] = 1f / (rows * columns);
      }
    }
    return shares;
  }

  private int inside(int output, int before, int size) {
    int inside = 0;
    for (int tap = 0; tap < count; tap++) {
      int place = output * stride + start(tap) - before;
      inside += place >= 0 && place < size ? 1 : 0;
    }
    return inside;
  }
}
