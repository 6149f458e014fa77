package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** Average pooling by ND4J's operations. */
final class OperationAveragePoolingKernel extends Kernel {

  private final PaddedInput padded;
  private final Buffer scaled;

  /** Window area over pixels inside the image, for each output pixel, where ND4J cannot know. */
  private final INDArray correction;

  OperationAveragePoolingKernel(Place place, Window window) {
    super(place);
    padded = new PaddedInput(place, place.input(), window, PaddedInput.Filling.ZERO);
    scaled = place.buffer(place.node().shape());
    correction = correction(place, window);
  }

  private static INDArray correction(Place place, Window window) {
    Shape output = place.node().shape();
    INDArray factors = place.memory().allocate(output.height(), output.width());
    double area = (double) window.kernelHeight() * window.kernelWidth();
    for (int y = 0; y < output.height(); y++) {
      int top = y * window.strideHeight() - window.padding().top();
      for (int x = 0; x < output.width(); x++) {
        int left = x * window.strideWidth() - window.padding().left();
        long inside =
            (long) overlap(top, window.kernelHeight(), place.input().height())
                * overlap(left, window.kernelWidth(), place.input().width());
        factors.putScalar(y, x, area / Math.max(1, inside));
      }
    }
    return factors;
  }

  private static int overlap(int start, int length, int size) {
    return Math.max(0, Math.min(start + length, size) - Math.max(start, 0));
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray x = padded.of(inputs[0]);
    Ops.run("avgpool2d", Ops.arrays(x), Ops.arrays(output), padded.arguments(0, 1));
    if (padded.isCopy()) {
      correct(output, output);
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray own = epsilon;
    if (padded.isCopy()) {
      own = scaled.forBatch(epsilon.size(0));
      correct(epsilon, own);
    }
    INDArray target = backward.gradientOf(0);
    INDArray x = padded.again(inputs[0]);
    INDArray[] results = Ops.arrays(padded.gradient(target));
    Ops.run("avgpool2d_bp", Ops.arrays(x, own), results, padded.arguments(0, 1));
    padded.crop(target);
    return Ops.arrays(target);
  }

  private void correct(INDArray from, INDArray to) {
    Nd4j.getExecutioner().exec(new BroadcastMulOp(from, correction, to, 1, 2));
  }
}
