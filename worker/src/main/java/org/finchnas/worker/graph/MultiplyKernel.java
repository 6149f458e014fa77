package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** A map times a factor for each image and channel. */
final class MultiplyKernel extends Kernel {

  private final Buffer products;

  MultiplyKernel(Place place) {
    super(place);
    products = place.buffer(place.input());
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    scale(inputs[0], inputs[1], output);
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray product = inputs[0].mul(epsilon, products.forBatch(epsilon.size(0)));
    INDArray ofFactor = backward.gradientOf(1).assign(product.sum(true, 1, 2));
    INDArray ofMap = backward.gradientOf(0);
    scale(epsilon, inputs[1], ofMap);
    return Ops.arrays(ofMap, ofFactor);
  }

  private static void scale(INDArray map, INDArray factor, INDArray target) {
    INDArray matrix = Ops.reshape(factor, factor.size(0), factor.size(3));
    Nd4j.getExecutioner().exec(new BroadcastMulOp(map, matrix, target, 0, 3));
  }
}
