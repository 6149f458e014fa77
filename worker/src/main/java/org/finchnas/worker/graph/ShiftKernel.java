package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Moves the image one pixel up and to the left. */
final class ShiftKernel extends Kernel {

  ShiftKernel(Place place) {
    super(place);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    output.assign(0);
    if (hasInside()) {
      upperLeft(output).assign(lowerRight(inputs[0]));
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0).assign(0);
    if (hasInside()) {
      lowerRight(target).assign(upperLeft(epsilon));
    }
    return Ops.arrays(target);
  }

  private boolean hasInside() {
    return place().input().height() > 1 && place().input().width() > 1;
  }

  private static INDArray upperLeft(INDArray image) {
    return part(image, 0, image.size(1) - 1, image.size(2) - 1);
  }

  private static INDArray lowerRight(INDArray image) {
    return part(image, 1, image.size(1), image.size(2));
  }

  private static INDArray part(INDArray image, long start, long rows, long columns) {
    return image.get(
        NDArrayIndex.all(),
        NDArrayIndex.interval(start, rows),
        NDArrayIndex.interval(start, columns),
        NDArrayIndex.all());
  }
}
