package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Gradients of a convolution in one group with stride 1, in single precision.
 *
 * <p>That of the input is a convolution of the epsilon with the kernel turned around. For that of
 * the weights, what each row of the window sees is written out as a row of a matrix, some images at
 * once. Behind each image the epsilon gets rows of zeros, as many as the padded image has more; so
 * for each row of the kernel one product of the same matrices will do, a row further on each time.
 * {@code conv2d_bp} copies all maps to a layout of its own and back.
 */
final class DenseGradient implements SlidingGradient {

  /** Floats of patches multiplied at once, about; products of fewer rows are slow. */
  private static final int CHUNK = 1 << 19;

  private final GraphMemory memory;
  private final Window window;
  private final Shape output;
  private final int patch;
  private final PaddedImage padded;

  DenseGradient(Kernel.Place place, Shape input, Window window) {
    memory = place.memory();
    this.window = window;
    output = window.slideOver(input);
    patch = window.kernelWidth() * input.channels();
    padded = new PaddedImage(input, window);
  }

  static boolean isFor(Window window) {
    Padding padding = window.padding();
    return window.strideHeight() == 1
        && window.strideWidth() == 1
        && padding.top() == padding.bottom()
        && padding.left() == padding.right()
        && padding.top() < window.kernelHeight()
        && padding.left() < window.kernelWidth();
  }

  @Override
  public void backward(Operands values, INDArray epsilon, Operands gradients) {
    INDArray ofBias = gradients.bias();
    if (ofBias != null) {
      ofBias.assign(epsilon.sum(0, 1, 2));
    }
    int images = Math.max(1, CHUNK / (padded.rows() * output.width() * patch));
    for (int first = 0; first < epsilon.size(0); first += images) {
      int end = (int) Math.min(first + images, epsilon.size(0));
      addProducts(values.input(), epsilon, first, end, gradients.weights());
    }
    Ops.run(
        "conv2d",
        Ops.arrays(epsilon, turned(values.weights())),
        Ops.arrays(gradients.input()),
        window.kernelHeight(),
        window.kernelWidth(),
        1,
        1,
        window.kernelHeight() - 1 - window.padding().top(),
        window.kernelWidth() - 1 - window.padding().left(),
        1,
        1,
        0,
        1,
        0);
  }

  private void addProducts(INDArray input, INDArray epsilon, int first, int end, INDArray weights) {
    long width = output.width();
    long filters = epsilon.size(3);
    long rows = width * padded.rows() * (end - first);
    INDArray scratch = memory.scratch(rows * (patch + filters));
    INDArray patches = scratch.get(NDArrayIndex.interval(0, rows * patch));
    INDArray epsilons = scratch.get(NDArrayIndex.interval(rows * patch, scratch.length()));
    writePatches(input, first, end, Floats.of(patches));
    writeEpsilons(epsilon, first, end, Floats.of(epsilons));
    long used = rows - (window.kernelHeight() - 1) * width;
    INDArray right = rows(epsilons, filters, 0, used);
    for (int tap = 0; tap < window.kernelHeight(); tap++) {
      INDArray left = rows(patches, patch, tap * width, used);
      INDArray target = rows(weights, filters, (long) tap * patch, patch);
      MatrixProduct.ofTransposed(left, right, target, first > 0);
    }
  }

  /** Some rows of a matrix; through a vector, as ND4J gives an empty array for the last of them. */
  private static INDArray rows(INDArray matrix, long columns, long from, long count) {
    INDArray vector = Ops.reshape(matrix, matrix.length());
    return Ops.reshape(
        vector.get(NDArrayIndex.interval(from * columns, (from + count) * columns)),
        count,
        columns);
  }

  private void writePatches(INDArray input, int first, int end, FloatBuffer patches) {
    FloatBuffer pixels = Floats.of(input);
    for (int image = first; image < end; image++) {
      padded.read(pixels, image);
      for (int row = 0; row < padded.rows(); row++) {
        padded.append(patches, row, 1);
      }
    }
  }

  private void writeEpsilons(INDArray epsilon, int first, int end, FloatBuffer target) {
    FloatBuffer from = Floats.of(epsilon);
    int length = Math.toIntExact(epsilon.length() / epsilon.size(0));
    float[] zeros = new float[target.limit() / (end - first) - length];
    for (int image = first; image < end; image++) {
      int to = (image - first) * (length + zeros.length);
      target.put(to, from, image * length, length);
      target.put(to + length, zeros);
    }
  }

  /** The taps in reverse order, inputs and outputs exchanged. */
  private static INDArray turned(INDArray weights) {
    INDArray exchanged = weights.permute(0, 1, 3, 2).dup('c');
    FloatBuffer from = Floats.of(exchanged);
    int tap = (int) (weights.size(2) * weights.size(3));
    float[] turned = new float[from.limit()];
    for (int start = 0; start < turned.length; start += tap) {
      from.get(start, turned, turned.length - tap - start, tap);
    }
    return Ops.reshape(Nd4j.createFromArray(turned), exchanged.shape());
  }
}
