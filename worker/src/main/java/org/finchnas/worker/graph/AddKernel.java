package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of its inputs. */
final class AddKernel extends Kernel {

  AddKernel(Place place) {
    super(place);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    inputs[0].add(inputs[1], output);
    for (int i = 2; i < inputs.length; i++) {
      output.addi(inputs[i]);
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray[] gradients = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      gradients[i] = backward.passOn(i);
    }
    return gradients;
  }
}
