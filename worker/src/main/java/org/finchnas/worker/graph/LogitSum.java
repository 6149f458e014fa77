package org.finchnas.worker.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The sum of all logits, whatever the labels: a loss with the gradient 1. */
public final class LogitSum implements ILossFunction {

  @Override
  public double computeScore(
      INDArray labels,
      INDArray logits,
      IActivation identity,
      @Nullable INDArray mask,
      boolean average) {
    double sum = logits.sumNumber().doubleValue();
    return average ? sum / logits.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation identity, @Nullable INDArray mask) {
    return logits.sum(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation identity, @Nullable INDArray mask) {
    return logits.like().assign(1);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray logits,
      IActivation identity,
      @Nullable INDArray mask,
      boolean average) {
    return Pair.of(
        computeScore(labels, logits, identity, mask, average),
        computeGradient(labels, logits, identity, mask));
  }

  @Override
  public String name() {
    return "sum of logits";
  }
}
