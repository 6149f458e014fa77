package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.ActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ReLU or ReLU6 in single precision. */
final class ClipKernel extends Kernel {

  private final ClipLoop loop;

  ClipKernel(Place place, ActivationFunction function) {
    super(place);
    loop = new ClipLoop(Clip.of(function));
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    loop.forward(inputs[0], output);
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.overwrite(0);
    loop.backward(output, epsilon, target);
    return Ops.arrays(target);
  }
}
