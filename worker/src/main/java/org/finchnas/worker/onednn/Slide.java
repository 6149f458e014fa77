package org.finchnas.worker.onednn;

import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Window;

/**
 * How a kernel slides, in oneDNN's words: two numbers each, of rows and of columns.
 *
 * @param height rows that the kernel covers, with its gaps
 * @param width columns that it covers
 * @param gaps pixels between two taps, none without dilation
 * @param before padding at the top and on the left
 * @param after padding at the bottom and on the right
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only carried
record Slide(int height, int width, long[] strides, long[] gaps, long[] before, long[] after) {

  static Slide of(Window window) {
    int gap = window.dilation() - 1;
    Padding padding = window.padding();
    return new Slide(
        (window.kernelHeight() - 1) * window.dilation() + 1,
        (window.kernelWidth() - 1) * window.dilation() + 1,
        longs(window.strideHeight(), window.strideWidth()),
        longs(gap, gap),
        longs(padding.top(), padding.left()),
        longs(padding.bottom(), padding.right()));
  }

  /** How the same kernel, turned around, slides back over what it made with stride 1. */
  Slide turned() {
    return new Slide(
        height,
        width,
        strides,
        gaps,
        longs(height - 1 - before[0], width - 1 - before[1]),
        longs(height - 1 - after[0], width - 1 - after[1]));
  }

  private static long[] longs(long rows, long columns) {
    return new long[] {rows, columns};
  }
}
