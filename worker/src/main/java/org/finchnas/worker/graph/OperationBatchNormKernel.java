package org.finchnas.worker.graph;

import java.util.Objects;
import org.finchnas.searchspace.network.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation as {@link BatchNormKernel} defines it, with the ReLU behind it, in ND4J's own
 * operations: nothing leaves the memory where the arrays lie.
 */
final class OperationBatchNormKernel extends Kernel {

  private final Layer.BatchNorm layer;
  private final Clip clip;

  /** Where the operation writes the gradients of mean and variance, which nobody reads. */
  private final INDArray ofMean;

  private final INDArray ofVariance;
  private @Nullable Moments moments;

  /** One value a channel: mean and biased variance. */
  private record Moments(INDArray mean, INDArray variance) {}

  OperationBatchNormKernel(Place place, Layer.BatchNorm layer) {
    super(place);
    this.layer = layer;
    clip = Clip.of(place.activation());
    ofMean = place.memory().allocate(place.input().channels());
    ofVariance = place.memory().allocate(place.input().channels());
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    Moments now = training ? ofBatch(inputs[0]) : new Moments(weight("mean"), weight("variance"));
    INDArray[] operands =
        Ops.arrays(inputs[0], now.mean(), now.variance(), weight("gamma"), weight("beta"));
    Ops.run("batchnorm", operands, Ops.arrays(output), layer.epsilon(), 1, 1, 3);
    if (!clip.equals(Clip.NONE)) {
      Nd4j.exec(new ScalarMax(output, null, output, clip.low()));
      Nd4j.exec(new ScalarMin(output, null, output, clip.high()));
    }
    moments = now;
  }

  /** What is cut passes no gradient. */
  private INDArray passed(INDArray output, INDArray epsilon) {
    if (clip.equals(Clip.NONE)) {
      return epsilon;
    }
    INDArray inside = output.gt(clip.low()).castTo(output.dataType());
    return inside.muli(output.lt(clip.high()).castTo(output.dataType())).muli(epsilon);
  }

  private Moments ofBatch(INDArray x) {
    long count = x.length() / x.size(3);
    INDArray matrix = Ops.reshape(x, count, x.size(3));
    Moments batch = new Moments(matrix.mean(0), matrix.var(false, 0));
    move(weight("mean"), batch.mean(), 1);
    move(weight("variance"), batch.variance(), (double) count / Math.max(1, count - 1));
    return batch;
  }

  private void move(INDArray running, INDArray batch, double factor) {
    running.muli(layer.decay()).addi(batch.mul((1 - layer.decay()) * factor));
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    Moments last = Objects.requireNonNull(moments, "backward before forward");
    INDArray dy = passed(output, epsilon);
    INDArray target = backward.gradientOf(0);
    INDArray[] operands =
        Ops.arrays(inputs[0], last.mean(), last.variance(), weight("gamma"), weight("beta"), dy);
    INDArray[] results =
        Ops.arrays(target, ofMean, ofVariance, gradient("gamma"), gradient("beta"));
    Ops.run("batchnorm_bp", operands, results, layer.epsilon(), 1, 1, 3);
    return Ops.arrays(target);
  }
}
