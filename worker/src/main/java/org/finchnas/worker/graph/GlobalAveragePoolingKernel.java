package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.factory.Nd4j;

/** The mean of each channel. */
final class GlobalAveragePoolingKernel extends Kernel {

  private final int area;
  private final ChannelMeans means;

  GlobalAveragePoolingKernel(Place place) {
    super(place);
    area = place.input().height() * place.input().width();
    means = new ChannelMeans(place.input().channels(), area);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    if (place().memory().allowsLoops()) {
      means.forward(inputs[0], output);
    } else {
      output.assign(inputs[0].mean(true, 1, 2));
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    if (place().memory().allowsLoops()) {
      means.backward(epsilon, target);
    } else {
      INDArray share = Ops.reshape(epsilon, epsilon.size(0), epsilon.size(3)).div(area);
      Nd4j.getExecutioner().exec(new BroadcastCopyOp(target, share, target, 0, 3));
    }
    return Ops.arrays(target);
  }
}
