package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
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

  private final GraphMemory memory;
  private final Window window;
  private final Shape output;
  private final int patch;
  private final PaddedImage padded;

  PatchGradient(Kernel.Place place, Shape input, Window window) {
    memory = place.memory();
    this.window = window;
    output = window.slideOver(input);
    patch = window.kernelHeight() * window.kernelWidth() * input.channels();
    padded = new PaddedImage(input, window);
  }

  @Override
  public void backward(Operands values, INDArray epsilon, Operands gradients) {
    INDArray kernel = Ops.reshape(gradients.weights(), patch, epsilon.size(3));
    INDArray ofBias = gradients.bias();
    if (ofBias != null) {
      ofBias.assign(epsilon.sum(0, 1, 2));
    }
    int places = output.height() * output.width();
    int images = Math.max(1, CHUNK / (patch * places));
    for (int first = 0; first < epsilon.size(0); first += images) {
      int end = (int) Math.min(first + images, epsilon.size(0));
      long rows = (long) (end - first) * places;
      INDArray patches = memory.scratch(rows * patch);
      write(values.input(), first, end, Floats.of(patches));
      INDArray part = epsilon.get(NDArrayIndex.interval(first, end));
      MatrixProduct.ofTransposed(Ops.reshape(patches, rows, patch), part, kernel, first > 0);
    }
  }

  private void write(INDArray input, int first, int end, FloatBuffer patches) {
    FloatBuffer pixels = Floats.of(input);
    for (int image = first; image < end; image++) {
      padded.read(pixels, image);
      for (int y = 0; y < output.height(); y++) {
        padded.append(patches, y * window.strideHeight(), window.kernelHeight());
      }
    }
  }
}
