package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The channels of its inputs, one after the other. */
final class ConcatKernel extends Kernel {

  private final ChannelSplit parts;

  ConcatKernel(Place place) {
    super(place);
    parts = new ChannelSplit(place.node().shape().channels());
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    Ops.run("concat", inputs, Ops.arrays(output), 3);
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray[] gradients = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      gradients[i] = backward.gradientOf(i);
    }
    if (place().memory().allowsLoops()) {
      parts.split(epsilon, gradients);
    } else {
      assign(epsilon, gradients);
    }
    return gradients;
  }

  private static void assign(INDArray epsilon, INDArray[] gradients) {
    long start = 0;
    for (INDArray gradient : gradients) {
      long end = start + gradient.size(3);
      gradient.assign(
          epsilon.get(
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.interval(start, end)));
      start = end;
    }
  }
}
