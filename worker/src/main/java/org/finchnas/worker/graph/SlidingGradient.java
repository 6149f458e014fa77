package org.finchnas.worker.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One way to compute the gradients of a convolution without dilation. */
interface SlidingGradient {

  /** What a backward pass reads, or the gradients it fills. */
  record Operands(INDArray input, INDArray weights, @Nullable INDArray bias) {}

  /** Fills {@code gradients}. */
  void backward(Operands values, INDArray epsilon, Operands gradients);
}
