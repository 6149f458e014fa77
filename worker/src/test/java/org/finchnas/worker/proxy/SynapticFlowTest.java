package org.finchnas.worker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.ReferenceNetwork;
import org.finchnas.worker.graph.TrainableGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class SynapticFlowTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void isTheSumOverWeightsOfWeightTimesSlope(long seed) {
    assertThat(SynapticFlow.logarithm(Nets.plain(), seed))
        .isCloseTo(Math.log(flowOneByOne(Nets.plain(), seed)), within(1e-9));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void seesNeitherRectifiersNorBatchNormalisationNorDropout(long seed) {
    assertThat(SynapticFlow.logarithm(Nets.branches(true), seed))
        .isCloseTo(Math.log(flowOneByOne(Nets.branches(false), seed)), within(1e-9));
  }

  /** Each of 300 layers multiplies by about 5: in single precision that is infinite. */
  @Test
  void staysFiniteInVeryDeepNetworks() {
    NetworkBuilder builder = new NetworkBuilder("deep", new Shape(16, 1, 1));
    int last = 0;
    for (int i = 0; i < 300; i++) {
      last =
          builder.add(
              "layer " + i, new Layer.Convolution(16, Window.square(1, 1, 0), 1, false), last);
    }
    Network network = builder.build(builder.add("logits", new Layer.Dense(2, false), last));

    assertThat(SynapticFlow.logarithm(network, 1))
        .isGreaterThan(Math.log(Float.MAX_VALUE))
        .isFinite();
  }

  /**
   * R, computed with nested loops, is a straight line in each single weight, so its values at zero
   * and at twice the weight give weight times slope exactly.
   */
  private static double flowOneByOne(Network network, long seed) {
    TrainedNetwork positive = positive(network, seed);
    double flow = 0;
    for (String name : Weights.multipliers(positive)) {
      float[] values = Weights.values(positive, name);
      for (int i = 0; i < values.length; i++) {
        double at0 = logits(Weights.with(positive, name, i, 0));
        double at2 = logits(Weights.with(positive, name, i, 2.0 * values[i]));
        flow += Math.abs(at2 - at0) / 2;
      }
    }
    return flow;
  }

  private static TrainedNetwork positive(Network network, long seed) {
    TrainedNetwork trained;
    try (TrainableGraph graph =
        GraphBuilder.build(network, DataType.FLOAT, seed, TrainingParams.DEFAULT)) {
      trained = Weights.of(graph);
    }
    for (String name : Weights.multipliers(trained)) {
      trained = Weights.with(trained, name, SynapticFlowTest::absolute);
    }
    return trained;
  }

  private static float[] absolute(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return values;
  }

  private static double logits(TrainedNetwork network) {
    double[] ones = new double[(int) network.network().input().elements()];
    Arrays.fill(ones, 1);
    return Arrays.stream(ReferenceNetwork.run(network, ones)).sum();
  }
}
