package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.factory.Nd4j;

/** Batch normalisation written out in ND4J's own operations, in any precision. */
final class PlainBatchNorm implements BatchNormMath {

  private final Clip clip;

  PlainBatchNorm(Clip clip) {
    this.clip = clip;
  }

  @Override
  public Moments moments(INDArray x) {
    INDArray matrix = matrix(x);
    return new Moments(matrix.mean(0).toDoubleVector(), matrix.var(false, 0).toDoubleVector());
  }

  @Override
  public void transform(INDArray x, Applied applied, INDArray y) {
    matrix(y).assign(normal(x, applied));
    Nd4j.exec(new ScalarMax(y, null, y, clip.low()));
    Nd4j.exec(new ScalarMin(y, null, y, clip.high()));
  }

  /** A new matrix of the values before they are cut. */
  private static INDArray normal(INDArray x, Applied applied) {
    return normalised(x, applied)
        .muliRowVector(row(applied.gamma(), x))
        .addiRowVector(row(applied.beta(), x));
  }

  private static INDArray normalised(INDArray x, Applied applied) {
    return matrix(x).subRowVector(row(applied.mean(), x)).muliRowVector(row(applied.inverse(), x));
  }

  @Override
  public Gradients backward(INDArray x, INDArray dy, Applied applied, INDArray dx) {
    INDArray normal = normal(x, applied);
    INDArray inside = normal.gt(clip.low()).castTo(x.dataType());
    inside.muli(normal.lt(clip.high()).castTo(x.dataType()));
    INDArray epsilon = matrix(dy).mul(inside);
    INDArray normalised = normalised(x, applied);
    INDArray beta = epsilon.sum(0);
    INDArray gamma = epsilon.mul(normalised).sum(0);
    double count = normalised.size(0);
    INDArray gradient =
        epsilon
            .subi(normalised.muliRowVector(gamma.div(count)))
            .subiRowVector(beta.div(count))
            .muliRowVector(row(applied.inverse(), x))
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
