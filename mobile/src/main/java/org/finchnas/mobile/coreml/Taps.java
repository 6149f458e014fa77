package org.finchnas.mobile.coreml;

import org.finchnas.mobile.graph.TapCount;
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

  /** For each place of the window one divided by how many of its taps are pixels, not padding. */
  static float[] shares(Window window, Shape in, Shape out) {
    float[] shares = TapCount.of(window, in, out);
    for (int i = 0; i < shares.length; i++) {
      shares[i] = 1 / shares[i];
    }
    return shares;
  }
}
