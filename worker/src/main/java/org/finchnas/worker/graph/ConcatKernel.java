package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The channels of its inputs, one after the other. */
final class ConcatKernel extends Kernel {

  ConcatKernel(Place place) {
    super(place);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    Ops.run("concat", inputs, Ops.arrays(output), 3);
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray[] gradients = new INDArray[inputs.length];
    long start = 0;
    for (int i = 0; i < inputs.length; i++) {
      long end = start + inputs[i].size(3);
      gradients[i] = backward.gradientOf(i).assign(channels(epsilon, start, end));
      start = end;
    }
    return gradients;
  }

  private static INDArray channels(INDArray all, long start, long end) {
    return all.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(start, end));
  }
}
