package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A fully connected layer; reads the values of an image in row, column, channel order. */
final class DenseKernel extends Kernel {

  DenseKernel(Place place) {
    super(place);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray y = matrix(output);
    Nd4j.gemm(matrix(inputs[0]), weight("weights"), y, false, false, 1, 0);
    INDArray bias = weightOrNull("bias");
    if (bias != null) {
      y.addiRowVector(bias);
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray dy = matrix(epsilon);
    INDArray target = backward.gradientOf(0);
    Nd4j.gemm(matrix(inputs[0]), dy, gradient("weights"), true, false, 1, 0);
    Nd4j.gemm(dy, weight("weights"), matrix(target), false, true, 1, 0);
    INDArray ofBias = gradientOrNull("bias");
    if (ofBias != null) {
      ofBias.assign(dy.sum(0));
    }
    return Ops.arrays(target);
  }

  private static INDArray matrix(INDArray array) {
    return Ops.reshape(array, array.size(0), array.length() / array.size(0));
  }
}
