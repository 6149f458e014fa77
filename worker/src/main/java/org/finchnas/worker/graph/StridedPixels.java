package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies between a map and every n-th pixel of a larger one, both {@code [batch, height, width,
 * channels]} in single precision.
 */
record StridedPixels(int strideHeight, int strideWidth, int top, int left) {

  /** Writes {@code small} to the pixels of {@code large}, whose other pixels stay. */
  void spread(INDArray small, INDArray large) {
    copy(small, large, true);
  }

  /** Reads {@code small} from the pixels of {@code large}. */
  void gather(INDArray large, INDArray small) {
    copy(small, large, false);
  }

  private void copy(INDArray small, INDArray large, boolean spread) {
    FloatBuffer smaller = Floats.of(small);
    FloatBuffer larger = Floats.of(large);
    int rows = (int) small.size(1);
    int columns = (int) small.size(2);
    int channels = (int) small.size(3);
    int height = (int) large.size(1);
    int width = (int) large.size(2);
    int run = strideWidth == 1 ? columns * channels : channels;
    int from = 0;
    for (int image = 0; image < small.size(0); image++) {
      for (int row = 0; row < rows; row++) {
        int start = ((image * height + top + row * strideHeight) * width + left) * channels;
        for (int done = 0; done < columns * channels; done += run) {
          int to = start + done * strideWidth;
          if (spread) {
            larger.put(to, smaller, from, run);
          } else {
            smaller.put(from, larger, to, run);
          }
          from += run;
        }
      }
    }
  }
}
