package org.finchnas.mobile.graph;

import java.util.List;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;

/** A scale and an offset for each channel, in double precision until they are written. */
final class ChannelScale {

  private final double[] scale;
  private final double[] offset;

  private ChannelScale(int channels) {
    this.scale = new double[channels];
    this.offset = new double[channels];
  }

  static ChannelScale of(Normalization normalization) {
    ChannelScale result = new ChannelScale(normalization.mean().size());
    for (int c = 0; c < result.scale.length; c++) {
      result.scale[c] = 1.0 / normalization.deviation().get(c);
      result.offset[c] = -normalization.mean().get(c) * result.scale[c];
    }
    return result;
  }

  static ChannelScale of(TrainedNetwork trained, Node node, Layer.BatchNorm layer) {
    float[] gamma = trained.weight(node, "gamma").values();
    float[] beta = trained.weight(node, "beta").values();
    float[] mean = trained.weight(node, "mean").values();
    float[] variance = trained.weight(node, "variance").values();
    ChannelScale result = new ChannelScale(gamma.length);
    for (int c = 0; c < gamma.length; c++) {
      result.scale[c] = gamma[c] / Math.sqrt(variance[c] + layer.epsilon());
      result.offset[c] = beta[c] - mean[c] * result.scale[c];
    }
    return result;
  }

  GraphOp.Affine affine() {
    return new GraphOp.Affine(toTensor(scale), toTensor(offset));
  }

  /** The convolution that computes what this does to the outputs of {@code convolution}. */
  GraphOp.Convolution foldInto(GraphOp.Convolution convolution) {
    float[] weights = convolution.weights().values().clone();
    double[] bias = new double[scale.length];
    int taps = weights.length / scale.length;
    for (int c = 0; c < scale.length; c++) {
      for (int i = c * taps; i < (c + 1) * taps; i++) {
        weights[i] = (float) (weights[i] * scale[c]);
      }
      bias[c] = convolution.bias().values()[c] * scale[c] + offset[c];
    }
    return new GraphOp.Convolution(
        convolution.window(),
        convolution.groups(),
        new Tensor(convolution.weights().shape(), weights),
        toTensor(bias));
  }

  private static Tensor toTensor(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Tensor(List.of(values.length), floats);
  }
}
