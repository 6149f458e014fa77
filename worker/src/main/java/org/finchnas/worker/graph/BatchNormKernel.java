package org.finchnas.worker.graph;

import java.util.Objects;
import org.finchnas.searchspace.network.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation, with the ReLU behind it where there is one. Training normalises with the
 * batch's mean and biased variance and moves the running statistics towards its mean and unbiased
 * variance, as PyTorch and TensorFlow do.
 */
final class BatchNormKernel extends Kernel {

  private final Layer.BatchNorm layer;
  private final BatchNormMath math;
  private BatchNormMath.@Nullable Applied applied;

  BatchNormKernel(Place place, Layer.BatchNorm layer) {
    super(place);
    this.layer = layer;
    math = new FusedBatchNorm(place.input().channels(), Clip.of(place.activation()));
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray x = inputs[0];
    BatchNormMath.Moments moments =
        training ? math.moments(x) : new BatchNormMath.Moments(values("mean"), values("variance"));
    if (training) {
      double count = (double) x.length() / x.size(3);
      move("mean", moments.mean(), 1);
      move("variance", moments.variance(), count / Math.max(1, count - 1));
    }
    double[] inverse = inverseDeviations(moments.variance());
    BatchNormMath.Applied now =
        new BatchNormMath.Applied(moments.mean(), inverse, values("gamma"), values("beta"));
    math.transform(x, now, output);
    applied = now;
  }

  private double[] inverseDeviations(double[] variance) {
    double[] inverse = new double[variance.length];
    for (int c = 0; c < inverse.length; c++) {
      inverse[c] = 1 / Math.sqrt(variance[c] + layer.epsilon());
    }
    return inverse;
  }

  private void move(String name, double[] batch, double factor) {
    double[] running = values(name);
    for (int c = 0; c < batch.length; c++) {
      running[c] = layer.decay() * running[c] + (1 - layer.decay()) * factor * batch[c];
    }
    Floats.write(running, weight(name));
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.overwrite(0);
    BatchNormMath.Applied last = Objects.requireNonNull(applied, "backward before forward");
    BatchNormMath.Gradients gradients = math.backward(inputs[0], epsilon, last, target);
    Floats.write(gradients.gamma(), gradient("gamma"));
    Floats.write(gradients.beta(), gradient("beta"));
    return Ops.arrays(target);
  }

  private double[] values(String name) {
    return Floats.read(weight(name));
  }
}
