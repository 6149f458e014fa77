package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradients of a 1 x 1 convolution without padding, in single precision: a convolution with the
 * transposed weights and a matrix product, which together take a third of the time of {@code
 * conv2d_bp}. With a stride both work on the pixels that the convolution reads.
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
    INDArray dy = matrix(epsilon);
    Nd4j.gemm(matrix(x), dy, kernel(gradients.weights()), true, false, 1, 0);
    INDArray ofBias = gradients.bias();
    if (ofBias != null) {
      ofBias.assign(dy.sum(0));
    }
    INDArray target = buffer == null ? gradients.input() : x;
    Ops.run(
        "conv2d",
        Ops.arrays(epsilon, transposed(values.weights())),
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
    if (buffer != null) {
      gradients.input().assign(0);
      pixels.spread(target, gradients.input());
    }
  }

  private static INDArray transposed(INDArray weights) {
    return weights.permute(0, 1, 3, 2).dup('c');
  }

  private static INDArray kernel(INDArray weights) {
    return Ops.reshape(weights, weights.size(2), weights.size(3));
  }

  private static INDArray matrix(INDArray map) {
    return Ops.reshape(map, map.length() / map.size(3), map.size(3));
  }
}
