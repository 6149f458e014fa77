package org.finchnas.mobile.graph;

import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** How many pixels of the image, not of the padding, a window covers at each place. */
public final class TapCount {
  private TapCount() {}

  /** One count for each place of {@code out}, row by row. */
  public static float[] of(Window window, Shape in, Shape out) {
    float[] counts = new float[out.height() * out.width()];
    for (int row = 0; row < out.height(); row++) {
      int top = row * window.strideHeight() - window.padding().top();
      int rows = inside(top, window.kernelHeight(), window.dilation(), in.height());
      for (int column = 0; column < out.width(); column++) {
        int left = column * window.strideWidth() - window.padding().left();
        counts[row * out.width() + column] =
            rows * inside(left, window.kernelWidth(), window.dilation(), in.width());
      }
    }
    return counts;
  }

  private static int inside(int first, int kernel, int dilation, int size) {
    int count = 0;
    for (int i = 0; i < kernel; i++) {
      int position = first + i * dilation;
      count += position >= 0 && position < size ? 1 : 0;
    }
    return count;
  }
}
