package org.finchnas.worker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.ReferenceNetwork;
import org.finchnas.worker.graph.Samples;
import org.finchnas.worker.training.FirstStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ReluCodesTest {

  private static final int IMAGES = 7;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void isTheExactLogDeterminantOfAgreementsCountedOneByOne(long seed) {
    try (FirstStep step = step(Nets.plain(), seed)) {
      List<List<Boolean>> codes =
          codes(Weights.of(step.graph()), GradientNormTest.planar(step.features()));

      assertThat(ReluCodes.logDeterminant(step))
          .isCloseTo(logDeterminant(agreements(codes)), within(1e-9));
    }
  }

  /** A rectifier behind a normalisation passes what lies above the mean of the batch. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void normalisesWithTheStatisticsOfTheBatch(long seed) {
    NetworkBuilder builder = new NetworkBuilder("normalised", Nets.IMAGE);
    int conv = Nets.conv(builder, "stem", 0, 3, 3, 1);
    int norm = builder.add("norm", new Layer.BatchNorm(1e-3, 0.9), conv);
    int relu = Nets.relu(builder, "stem", norm);
    Network network = builder.build(builder.add("logits", new Layer.Dense(2, true), relu));
    try (FirstStep step = step(network, seed)) {
      double[][] images = GradientNormTest.planar(step.features());
      List<double[]> maps = new ArrayList<>();
      for (double[] image : images) {
        maps.add(ReferenceNetwork.values(Weights.of(step.graph()), image).get(conv));
      }

      assertThat(ReluCodes.logDeterminant(step))
          .isCloseTo(logDeterminant(agreements(aboveMean(maps, 3))), within(1e-9));
    }
  }

  /** As in the authors' program, where each has a module of its own. */
  @Test
  void rectifiersOfOneStateCountEach() {
    NetworkBuilder builder = new NetworkBuilder("twice", Nets.IMAGE);
    int conv = Nets.conv(builder, "stem", 0, 3, 3, 1);
    int left = Nets.relu(builder, "left", conv);
    int right = Nets.relu(builder, "right", conv);
    int sum = builder.add("sum", new Layer.Add(), left, right);
    Network network = builder.build(builder.add("logits", new Layer.Dense(2, true), sum));
    try (FirstStep step = step(network, 1)) {
      List<List<Boolean>> codes =
          codes(Weights.of(step.graph()), GradientNormTest.planar(step.features()));

      assertThat(codes.get(0)).hasSize(2 * 3 * 20);
      assertThat(ReluCodes.logDeterminant(step))
          .isCloseTo(logDeterminant(agreements(codes)), within(1e-9));
    }
  }

  @Test
  void twoEqualImagesHaveNoVolume() {
    try (FirstStep step = step(Nets.plain(), 1)) {
      step.features().slice(2).assign(step.features().slice(5));

      assertThat(ReluCodes.logDeterminant(step)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void aNetworkWithoutRectifiersHasNoCodes() {
    NetworkBuilder builder = new NetworkBuilder("smooth", Nets.IMAGE);
    int smooth = builder.add("swish", new Layer.Activation(ActivationFunction.SWISH), 0);
    Network network = builder.build(builder.add("logits", new Layer.Dense(2, true), smooth));
    try (FirstStep step = step(network, 1)) {
      assertThat(ReluCodes.logDeterminant(step)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  private static FirstStep step(Network network, long seed) {
    INDArray images = Samples.images(DataType.FLOAT, network, IMAGES, seed);
    return new FirstStep(
        GraphBuilder.build(network, DataType.FLOAT, seed, TrainingParams.DEFAULT),
        images,
        Samples.labels(DataType.FLOAT, network, IMAGES));
  }

  private static List<List<Boolean>> codes(TrainedNetwork network, double[][] images) {
    List<List<Boolean>> codes = new ArrayList<>();
    for (double[] image : images) {
      List<Boolean> code = new ArrayList<>();
      List<double[]> values = ReferenceNetwork.values(network, image);
      for (Node node : network.network().nodes()) {
        if (node.layer() instanceof Layer.Activation) {
          for (double value : values.get(node.inputs().get(0))) {
            code.add(value > 0);
          }
        }
      }
      codes.add(code);
    }
    return codes;
  }

  private static List<List<Boolean>> aboveMean(List<double[]> maps, int channels) {
    int area = maps.get(0).length / channels;
    double[] mean = new double[channels];
    for (double[] map : maps) {
      for (int i = 0; i < map.length; i++) {
        mean[i / area] += map[i] / area / maps.size();
      }
    }
    List<List<Boolean>> codes = new ArrayList<>();
    for (double[] map : maps) {
      List<Boolean> code = new ArrayList<>();
      for (int i = 0; i < map.length; i++) {
        code.add(map[i] > mean[i / area]);
      }
      codes.add(code);
    }
    return codes;
  }

  private static long[][] agreements(List<List<Boolean>> codes) {
    long[][] agreements = new long[codes.size()][codes.size()];
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < codes.size(); j++) {
        for (int bit = 0; bit < codes.get(i).size(); bit++) {
          agreements[i][j] += codes.get(i).get(bit).equals(codes.get(j).get(bit)) ? 1 : 0;
        }
      }
    }
    return agreements;
  }

  /** Exact, by elimination without fractions (Bareiss, doi 10.1090/S0025-5718-1968-0226829-0). */
  private static double logDeterminant(long[][] matrix) {
    int size = matrix.length;
    BigInteger[][] rest = new BigInteger[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        rest[i][j] = BigInteger.valueOf(matrix[i][j]);
      }
    }
    BigInteger before = BigInteger.ONE;
    for (int k = 0; k + 1 < size; k++) {
      assertThat(rest[k][k].signum()).as("leading minor %d", k + 1).isPositive();
      for (int i = k + 1; i < size; i++) {
        for (int j = k + 1; j < size; j++) {
          rest[i][j] =
              rest[i][j]
                  .multiply(rest[k][k])
                  .subtract(rest[i][k].multiply(rest[k][j]))
                  .divide(before);
        }
      }
      before = rest[k][k];
    }
    return Math.log(rest[size - 1][size - 1].doubleValue());
  }
}
