package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.finchnas.searchspace.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients in double precision against central finite differences of the loss. */
class GradientCheckTest {

  private static final int BATCH = 3;
  private static final double STEP = 1e-6;

  static Stream<Samples.Sample> layers() {
    return Samples.layers();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void gradientsOfOneLayerAreFiniteDifferences(Samples.Sample sample) {
    check(Samples.around(sample.layer()));
  }

  @Test
  void gradientsOfCellsAreFiniteDifferences() {
    check(Samples.cells());
  }

  private static void check(Network network) {
    TrainableGraph graph = GraphBuilder.build(network, DataType.DOUBLE, 7, Samples.PLAIN);
    graph.progress().moveTo(3, 5);
    Random random = new Random(3);
    INDArray weights = graph.parameters();
    for (long i = 0; i < weights.length(); i++) {
      weights.putScalar(i, weights.getDouble(i) + 0.1 * random.nextGaussian());
    }
    INDArray images = Samples.images(DataType.DOUBLE, network, BATCH, 5);
    INDArray labels = Samples.labels(DataType.DOUBLE, network, BATCH);
    graph.computeGradients(images, labels);
    INDArray analytic = graph.graph().getFlattenedGradients().dup();
    double largest = analytic.amaxNumber().doubleValue();
    assertThat(largest).isGreaterThan(1e-4);
    for (long i = 0; i < weights.length(); i++) {
      double value = weights.getDouble(i);
      weights.putScalar(i, value + STEP);
      double above = graph.computeGradients(images, labels);
      weights.putScalar(i, value - STEP);
      double below = graph.computeGradients(images, labels);
      weights.putScalar(i, value);
      assertThat(analytic.getDouble(i))
          .as("gradient of parameter %d", i)
          .isCloseTo((above - below) / (2 * STEP), within(1e-6 * Math.max(largest, 1e-2)));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double error) {
    return org.assertj.core.data.Offset.offset(error);
  }
}
