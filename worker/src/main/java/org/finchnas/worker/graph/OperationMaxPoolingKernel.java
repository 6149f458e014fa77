package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum pooling by ND4J's operations. */
final class OperationMaxPoolingKernel extends Kernel {

  private final PaddedInput padded;

  OperationMaxPoolingKernel(Place place, Window window) {
    super(place);
    padded = new PaddedInput(place, place.input(), window, PaddedInput.Filling.LOWEST);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray x = padded.of(inputs[0]);
    Ops.run("maxpool2d", Ops.arrays(x), Ops.arrays(output), padded.arguments(0, 1));
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    INDArray x = padded.again(inputs[0]);
    INDArray[] results = Ops.arrays(padded.gradient(target));
    Ops.run("maxpool2d_bp", Ops.arrays(x, epsilon), results, padded.arguments(0, 1));
    padded.crop(target);
    return Ops.arrays(target);
  }
}
