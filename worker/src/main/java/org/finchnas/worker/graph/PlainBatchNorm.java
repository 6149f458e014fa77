package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Batch normalisation written out in ND4J's own operations, in any precision. */
final class PlainBatchNorm implements BatchNormMath {

  @Override
  public Moments moments(INDArray x) {
    INDArray matrix = matrix(x);
    return new Moments(matrix.mean(0).toDoubleVector(), matrix.var(false, 0).toDoubleVector());
  }

  @Override
  public void transform(INDArray x, double[] scale, double[] offset, INDArray y) {
    y.assign(x);
    matrix(y).muliRowVector(row(scale, x)).addiRowVector(row(offset, x));
  }

  @Override
  public Gradients backward(INDArray x, INDArray dy, Applied applied, INDArray dx) {
    INDArray inverse = row(applied.inverse(), x);
    INDArray normalised = matrix(x).subRowVector(row(applied.mean(), x)).muliRowVector(inverse);
    INDArray epsilon = matrix(dy).dup();
    INDArray beta = epsilon.sum(0);
    INDArray gamma = epsilon.mul(normalised).sum(0);
    double count = normalised.size(0);
    INDArray gradient =
        epsilon
            .subi(normalised.muliRowVector(gamma.div(count)))
            .subiRowVector(beta.div(count))
            .muliRowVector(inverse)
            .muliRowVector(row(applied.gamma(), x));
    matrix(dx).assign(gradient);
    return new Gradients(gamma.toDoubleVector(), beta.toDoubleVector());
  }

  private static INDArray matrix(INDArray array) {
    return Ops.reshape(array, array.length() / array.size(3), array.size(3));
  }

  private static INDArray row(double[] values, INDArray like) {
    return Nd4j.createFromArray(values).castTo(like.dataType());
  }
}
