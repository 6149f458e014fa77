package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation. Training normalises with the batch's mean and biased variance and moves the
 * running statistics towards its mean and unbiased variance, as PyTorch and TensorFlow do.
 */
final class BatchNormKernel extends Kernel {

  private final Layer.BatchNorm layer;
  private final Buffer scratch;
  private final INDArray mean;
  private final INDArray variance;

  BatchNormKernel(Place place, Layer.BatchNorm layer) {
    super(place);
    this.layer = layer;
    scratch = place.buffer(place.input());
    mean = Nd4j.zeros(place.memory().type(), place.input().channels());
    variance = Nd4j.zeros(place.memory().type(), place.input().channels());
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray x = inputs[0];
    if (training) {
      mean.assign(x.mean(0, 1, 2));
      INDArray centred = scratch.forBatch(x.size(0));
      Nd4j.getExecutioner()
          .exec(new org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp(x, mean, centred, 3));
      centred.muli(centred);
      variance.assign(centred.mean(0, 1, 2));
      double count = x.length() / (double) x.size(3);
      move(weight("mean"), mean, 1);
      move(weight("variance"), variance, count / Math.max(1, count - 1));
    }
    Ops.normalise(
        x,
        training ? mean : weight("mean"),
        training ? variance : weight("variance"),
        weight("gamma"),
        weight("beta"),
        layer.epsilon(),
        output);
  }

  private void move(INDArray running, INDArray batch, double scale) {
    running.muli(layer.decay()).addi(batch.mul((1 - layer.decay()) * scale));
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray x = inputs[0];
    INDArray target = backward.gradientOf(0);
    var op =
        org.nd4j.linalg.api.ops.DynamicCustomOp.builder("batchnorm_bp")
            .addInputs(x, mean, variance, weight("gamma"), weight("beta"), epsilon)
            .addOutputs(target, mean.dup(), variance.dup(), gradient("gamma"), gradient("beta"))
            .build();
    op.addIArgument(1, 1, 3);
    op.addTArgument(layer.epsilon());
    Nd4j.exec(op);
    return Ops.arrays(target);
  }
}
