package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradients of a 1 x 1 convolution without padding, in single precision: a convolution with the
 * transposed weights, or where that is faster a matrix product, and a matrix product. With a stride
 * both work on the pixels that the convolution reads.
 */
final class PointwiseGradient implements SlidingGradient {

  private final StridedPixels pixels;
  private final @Nullable Buffer read;

  PointwiseGradient(Kernel.Place place, Shape input, Window window) {
    pixels = new StridedPixels(window.strideHeight(), window.strideWidth(), 0, 0);
    boolean strided = window.strideHeight() > 1 || window.strideWidth() > 1;
    read = strided ? place.buffer(window.slideOver(input)) : null;
  }

  static boolean isFor(Window window) {
    return window.kernelHeight() == 1
        && window.kernelWidth() == 1
        && window.padding().equals(Padding.NONE);
  }

  @Override
  public void backward(Operands values, INDArray epsilon, Operands gradients) {
    INDArray x = values.input();
    Buffer buffer = read;
    if (buffer != null) {
      x = buffer.forBatch(epsilon.size(0));
      pixels.gather(values.input(), x);
    }
    MatrixProduct.ofTransposed(x, epsilon, gradients.weights(), false);
    INDArray ofBias = gradients.bias();
    if (ofBias != null) {
      ofBias.assign(epsilon.sum(0, 1, 2));
    }
    INDArray target = buffer == null ? gradients.input() : x;
    if (MatrixProduct.isFast(epsilon, target)) {
      MatrixProduct.withTransposed(epsilon, values.weights(), target);
    } else {
      convolve(epsilon, values.weights(), target);
    }
    if (buffer != null) {
      gradients.input().assign(0);
      pixels.spread(target, gradients.input());
    }
  }

  private static void convolve(INDArray epsilon, INDArray weights, INDArray target) {
    Ops.run(
        "conv2d",
        Ops.arrays(epsilon, weights.permute(0, 1, 3, 2).dup('c')),
        Ops.arrays(target),
        1,
        1,
        1,
        1,
        0,
        0,
        1,
        1,
        0,
        1,
        0);
  }
}
