package org.finchnas.worker.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Cross-entropy of the softmax of logits, computed in double precision without a floor under the
 * probabilities; labels are probabilities too, one row an image, or such times what the image
 * counts. The gradient is that of the mean over the batch.
 */
final class SoftmaxCrossEntropy implements ILossFunction {

  @Override
  public double computeScore(
      INDArray labels,
      INDArray logits,
      IActivation identity,
      @Nullable INDArray mask,
      boolean average) {
    double sum = 0;
    for (double loss : losses(labels, logits)) {
      sum += loss;
    }
    return average ? sum / logits.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation identity, @Nullable INDArray mask) {
    return Nd4j.createFromArray(losses(labels, logits)).reshape(logits.size(0), 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation identity, @Nullable INDArray mask) {
    INDArray gradient = Nd4j.createUninitialized(logits.dataType(), logits.shape());
    int images = (int) logits.size(0);
    for (int i = 0; i < images; i++) {
      double[] row = row(logits, i);
      double[] label = row(labels, i);
      double logSum = logSumOfExponentials(row);
      double mass = 0;
      for (double share : label) {
        mass += share;
      }
      for (int c = 0; c < row.length; c++) {
        gradient.putScalar(i, c, (Math.exp(row[c] - logSum) * mass - label[c]) / images);
      }
    }
    return gradient;
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
    return "softmax cross-entropy";
  }

  private static double[] losses(INDArray labels, INDArray logits) {
    double[] losses = new double[(int) logits.size(0)];
    for (int i = 0; i < losses.length; i++) {
      double[] row = row(logits, i);
      double logSum = logSumOfExponentials(row);
      for (int c = 0; c < row.length; c++) {
        losses[i] += labels.getDouble(i, c) * (logSum - row[c]);
      }
    }
    return losses;
  }

  private static double[] row(INDArray matrix, int row) {
    double[] values = new double[(int) matrix.size(1)];
    for (int c = 0; c < values.length; c++) {
      values[c] = matrix.getDouble(row, c);
    }
    return values;
  }

  private static double logSumOfExponentials(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : row) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : row) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }
}
