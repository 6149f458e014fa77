package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The gradient of the weights of a convolution of the images, whose own gradient nobody reads, in
 * single precision: what each place of the window sees is written out as a row of a matrix, some
 * images at once, and multiplied with the epsilon. {@code conv2d_bp} computes the other gradient
 * too.
 */
final class PatchGradient implements SlidingGradient {

  /** Floats of patches multiplied at once, about, so that they stay in the cache. */
  private static final int CHUNK = 1 << 17;

  private final Shape input;
  private final Shape output;
  private final Window window;
  private final Buffer patches;
  private final int images;

  /** One image with its padding around it. */
  private final float[] padded;

  private final int paddedRow;
  private final float[] row;

  PatchGradient(Kernel.Place place, Shape input, Window window) {
    this.input = input;
    this.window = window;
    output = window.slideOver(input);
    int patch = window.kernelHeight() * window.kernelWidth() * input.channels();
    int places = output.height() * output.width();
    images = Math.max(1, CHUNK / (patch * places));
    patches = new Buffer(place.memory(), places, patch);
    paddedRow =
        (input.width() + window.padding().left() + window.padding().right()) * input.channels();
    int rows = input.height() + window.padding().top() + window.padding().bottom();
    padded = new float[rows * paddedRow];
    row = new float[output.width() * patch];
  }

  @Override
  public void backward(Operands values, INDArray epsilon, Operands gradients) {
    INDArray kernel = gradients.weights();
    INDArray matrix = Ops.reshape(kernel, kernel.length() / kernel.size(3), kernel.size(3));
    INDArray ofBias = gradients.bias();
    if (ofBias != null) {
      ofBias.assign(epsilon.sum(0, 1, 2));
    }
    FloatBuffer pixels = Floats.of(values.input());
    for (int first = 0; first < epsilon.size(0); first += images) {
      int count = (int) Math.min(images, epsilon.size(0) - first);
      INDArray chunk = patches.forBatch(count);
      FloatBuffer to = Floats.of(chunk);
      for (int image = first; image < first + count; image++) {
        pad(pixels, image);
        writeRows(to);
      }
      INDArray part = epsilon.get(NDArrayIndex.interval(first, first + count));
      Nd4j.gemm(rows(chunk, 2), rows(part, 3), matrix, true, false, 1, first == 0 ? 0 : 1);
    }
  }

  private static INDArray rows(INDArray array, int lastAxis) {
    return Ops.reshape(array, array.length() / array.size(lastAxis), array.size(lastAxis));
  }

  private void pad(FloatBuffer pixels, int image) {
    int length = input.width() * input.channels();
    for (int y = 0; y < input.height(); y++) {
      int to =
          (y + window.padding().top()) * paddedRow + window.padding().left() * input.channels();
      pixels.get((image * input.height() + y) * length, padded, to, length);
    }
  }

  /** Appends what each place of the window sees of the padded image. */
  private void writeRows(FloatBuffer to) {
    int run = window.kernelWidth() * input.channels();
    int step = window.strideWidth() * input.channels();
    for (int y = 0; y < output.height(); y++) {
      int filled = 0;
      for (int x = 0; x < output.width(); x++) {
        int from = y * window.strideHeight() * paddedRow + x * step;
        for (int tap = 0; tap < window.kernelHeight(); tap++) {
          System.arraycopy(padded, from + tap * paddedRow, row, filled, run);
          filled += run;
        }
      }
      to.put(row, 0, filled);
    }
  }
}
