package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.factory.Nd4j;

/** The mean of each channel. */
final class GlobalAveragePoolingKernel extends Kernel {

  GlobalAveragePoolingKernel(Place place) {
    super(place);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    output.assign(inputs[0].mean(true, 1, 2));
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    INDArray share =
        Ops.reshape(epsilon, epsilon.size(0), epsilon.size(3))
            .div(place().input().height() * place().input().width());
    Nd4j.getExecutioner().exec(new BroadcastCopyOp(target, share, target, 0, 3));
    return Ops.arrays(target);
  }
}
