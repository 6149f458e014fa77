package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Head;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradients in double precision against central finite differences of the loss: along random
 * directions, which see every parameter at once, and for single parameters.
 */
class GradientCheckTest {

  private static final int BATCH = 3;
  private static final double STEP = 1e-6;
  private static final int DIRECTIONS = 4;
  private static final int SINGLE = 20;

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

  /** With the one activation without kinks, which finite differences would step over. */
  static Stream<Network> mobileOperations() {
    return Samples.mobileOperations(ActivationFunction.SWISH);
  }

  @ParameterizedTest
  @MethodSource("mobileOperations")
  void gradientsOfCellsOfOneMobileOperationAreFiniteDifferences(Network network) {
    check(network);
  }

  @Test
  void gradientsOfMergedAndFoldedLayersAreFiniteDifferences() {
    check(Samples.residual());
  }

  /** What a transfer trains: a dense layer alone, or a convolution that is pooled. */
  @ParameterizedTest
  @ValueSource(strings = {"mobilenet-v2@0.1", "squeezenet-1.1", "lenet"})
  void gradientsOfHeadsAloneAreFiniteDifferences(String name) {
    check(Head.of(new Blueprint(name, new Shape(3, 32, 32), 4).assemble()).alone());
  }

  private static void check(Network network) {
    TrainableGraph graph = GraphBuilder.build(network, DataType.DOUBLE, 7, Samples.PLAIN);
    graph.progress().moveTo(3, 5);
    Random random = new Random(3);
    INDArray weights = graph.parameters();
    weights.addi(gaussian(weights.length(), random).muli(0.1));
    INDArray images = Samples.images(DataType.DOUBLE, network, BATCH, 5);
    INDArray labels = Samples.labels(DataType.DOUBLE, network, BATCH);
    graph.computeGradients(images, labels);
    INDArray gradient = graph.graph().getFlattenedGradients().dup().reshape(weights.shape());
    double largest = gradient.amaxNumber().doubleValue();
    assertThat(largest).isGreaterThan(1e-3);
    for (int i = 0; i < DIRECTIONS + SINGLE; i++) {
      boolean single = i >= DIRECTIONS;
      INDArray direction =
          single ? unit(weights.length(), random) : gaussian(weights.length(), random);
      INDArray start = weights.dup();
      weights.assign(start.add(direction.mul(STEP)));
      double above = graph.computeGradients(images, labels);
      weights.assign(start.sub(direction.mul(STEP)));
      double below = graph.computeGradients(images, labels);
      weights.assign(start);
      double exact = Nd4j.getBlasWrapper().dot(gradient, direction);
      assertThat(exact)
          .as("slope along direction %d", i)
          .isCloseTo(
              (above - below) / (2 * STEP),
              within(1e-6 * Math.max(largest, direction.norm2Number().doubleValue() * largest)));
    }
  }

  private static INDArray gaussian(long length, Random random) {
    double[] values = new double[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Nd4j.createFromArray(values);
  }

  private static INDArray unit(long length, Random random) {
    return Nd4j.zeros(DataType.DOUBLE, length)
        .putScalar(random.nextInt(Math.toIntExact(length)), 1);
  }
}
