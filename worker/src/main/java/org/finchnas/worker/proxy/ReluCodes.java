package org.finchnas.worker.proxy;

import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Node;
import org.finchnas.worker.graph.Floats;
import org.finchnas.worker.training.FirstStep;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * NASWOT: Mellor, Turner, Storkey and Crowley, "Neural Architecture Search without Training", arXiv
 * 2006.04647. An image's code has a bit for each rectifier and pixel, set where the rectifier lets
 * it pass; two images agree in so many bits (all bits less the Hamming distance); the score is the
 * log-determinant of the matrix of agreements. Batch normalisation uses the statistics of the
 * batch, as in the authors' program.
 */
final class ReluCodes {

  private ReluCodes() {}

  /**
   * @return minus infinity if two images have one code, or there is no rectifier
   */
  static double logDeterminant(FirstStep step) {
    return LogDeterminant.of(agreements(step));
  }

  private static double[][] agreements(FirstStep step) {
    int images = Math.toIntExact(step.features().size(0));
    double[][] agreements = new double[images][images];
    Map<String, INDArray> activations = step.graph().activations(step.features());
    for (Node node : step.graph().network().nodes()) {
      if (isRectifier(node.layer())) {
        add(Objects.requireNonNull(activations.get(node.name())), agreements);
      }
    }
    return agreements;
  }

  private static boolean isRectifier(Layer layer) {
    return layer instanceof Layer.Activation activation
        && switch (activation.function()) {
          case RELU, LEAKY_RELU, RELU6 -> true;
          case SIGMOID, HARD_SIGMOID, SWISH, HARD_SWISH -> false;
        };
  }

  private static void add(INDArray output, double[][] agreements) {
    BitSet[] codes = codes(output, agreements.length);
    int bits = Math.toIntExact(output.length() / codes.length);
    for (int i = 0; i < codes.length; i++) {
      for (int j = 0; j < codes.length; j++) {
        BitSet differing = (BitSet) codes[i].clone();
        differing.xor(codes[j]);
        agreements[i][j] += bits - differing.cardinality();
      }
    }
  }

  private static BitSet[] codes(INDArray output, int images) {
    float[] values = Floats.values(output);
    int bits = values.length / images;
    BitSet[] codes = new BitSet[images];
    for (int i = 0; i < images; i++) {
      codes[i] = new BitSet(bits);
      for (int bit = 0; bit < bits; bit++) {
        codes[i].set(bit, values[i * bits + bit] > 0);
      }
    }
    return codes;
  }
}
