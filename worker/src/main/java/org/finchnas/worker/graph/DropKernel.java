package org.finchnas.worker.graph;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** In training zeroes single values (dropout) or whole images (drop-path) at random. */
final class DropKernel extends Kernel {

  private final ToDoubleFunction<TrainingProgress> keep;
  private final boolean wholeImages;
  private @Nullable INDArray factors;

  DropKernel(Place place, ToDoubleFunction<TrainingProgress> keep, boolean wholeImages) {
    super(place);
    this.keep = keep;
    this.wholeImages = wholeImages;
  }

  @Override
  INDArray output(INDArray[] inputs, boolean training) {
    return keep(training) == 1 ? inputs[0] : super.output(inputs, training);
  }

  private double keep(boolean training) {
    return training ? keep.applyAsDouble(place().progress()) : 1;
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    double probability = keep(training);
    INDArray drawn = probability == 1 ? null : draw(inputs[0], probability);
    if (drawn != null) {
      scale(inputs[0], drawn, output);
    }
    factors = drawn;
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray drawn = factors;
    if (drawn == null) {
      return Ops.arrays(backward.passOn(0));
    }
    INDArray target = backward.overwrite(0);
    scale(epsilon, drawn, target);
    return Ops.arrays(target);
  }

  private INDArray draw(INDArray x, double probability) {
    SplittableRandom random = place().progress().random(place().node().name());
    double[] values = new double[Math.toIntExact(wholeImages ? x.size(0) : x.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < probability ? 1 / probability : 0;
    }
    INDArray drawn = Nd4j.createFromArray(values).castTo(x.dataType());
    return wholeImages ? drawn : Ops.reshape(drawn, x.shape());
  }

  private void scale(INDArray x, INDArray drawn, INDArray target) {
    if (wholeImages) {
      Nd4j.getExecutioner().exec(new BroadcastMulOp(x, drawn, target, 0));
    } else {
      x.mul(drawn, target);
    }
  }
}
