package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of batch normalisation over the last axis of {@code [batch, height, width, c]},
 * and of the {@link Clip} behind it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only carried
interface BatchNormMath {

  /** One value a channel: mean and biased variance. */
  record Moments(double[] mean, double[] variance) {}

  /** One value a channel of what turned x into the output, before it was cut. */
  record Applied(double[] mean, double[] inverse, double[] gamma, double[] beta) {
    double scale(int channel) {
      return gamma[channel] * inverse[channel];
    }

    double offset(int channel) {
      return beta[channel] - mean[channel] * scale(channel);
    }
  }

  /** Gradients of scale and offset, one value a channel. */
  record Gradients(double[] gamma, double[] beta) {}

  Moments moments(INDArray x);

  /**
   * Fills {@code y = x * scale + offset} with the scale and offset of each channel, and cuts it.
   */
  void transform(INDArray x, Applied applied, INDArray y);

  /**
   * The gradients of gamma and beta; fills {@code dx}, which may be {@code dy}, including what
   * flows through the batch's own moments. What is cut passes no gradient.
   */
  Gradients backward(INDArray x, INDArray dy, Applied applied, INDArray dx);
}
