package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whole training steps: single against double precision, determinism, the update rule. */
class TrainingStepTest {

  private static final int BATCH = 4;

  static Stream<Samples.Sample> layers() {
    return Samples.layers();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void singlePrecisionFollowsDoublePrecision(Samples.Sample sample) {
    compareGradients(Samples.around(sample.layer()));
  }

  @Test
  void cellsInSinglePrecisionFollowDoublePrecision() {
    compareGradients(Samples.cells());
  }

  @Test
  void mergedAndFoldedLayersInSinglePrecisionFollowDoublePrecision() {
    compareGradients(Samples.residual());
  }

  static Stream<Samples.Sample> convolutions() {
    return layers().filter(sample -> sample.layer() instanceof Layer.Convolution);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("convolutions")
  void convolutionsOfTheImagesFollowDoublePrecision(Samples.Sample sample) {
    NetworkBuilder builder = new NetworkBuilder("first", Samples.ODD);
    int tested = builder.add("tested", sample.layer(), 0);
    compareGradients(builder.build(builder.add("after", new Layer.Dense(3, true), tested)));
  }

  @Test
  void largeImagesFollowDoublePrecision() {
    NetworkBuilder builder = new NetworkBuilder("large", new Shape(3, 47, 53));
    Window window = Window.same(builder.shape(0), 3, 1, 1);
    int first = builder.add("first", new Layer.Convolution(18, window, 1, true), 0);
    int second = builder.add("second", new Layer.Convolution(5, window, 1, false), first);
    int pooled = builder.add("pooled", new Layer.GlobalAveragePooling(), second);
    Network network = builder.build(builder.add("logits", new Layer.Dense(3, true), pooled));
    // Sums over ten thousand pixels are less exact than those of the small samples.
    compareGradients(network, 1e-4);
  }

  /** Of equal values, as a ReLU makes them, the first gets the gradient. */
  @ParameterizedTest
  @EnumSource
  void poolsOfManyEqualValuesFollowDoublePrecision(PoolingKind kind) {
    NetworkBuilder builder = new NetworkBuilder("ties", Samples.ODD);
    Window window = Window.same(builder.shape(0), 3, 1, 1);
    int x = builder.add("before", new Layer.Convolution(4, window, 1, true), 0);
    x = builder.add("relu", new Layer.Activation(ActivationFunction.RELU), x);
    x = builder.add("tested", new Layer.Pooling(kind, window), x);
    x = builder.add("again", new Layer.Pooling(kind, Samples.asymmetric(3, 2, 1)), x);
    compareGradients(builder.build(builder.add("after", new Layer.Dense(3, true), x)));
  }

  private static void compareGradients(Network network) {
    compareGradients(network, 2e-5);
  }

  private static void compareGradients(Network network, double largest) {
    INDArray single = gradients(network, DataType.FLOAT);
    INDArray exact = gradients(network, DataType.DOUBLE);
    double error = single.castTo(DataType.DOUBLE).sub(exact).norm2Number().doubleValue();
    assertThat(error / exact.norm2Number().doubleValue()).isLessThan(largest);
  }

  private static INDArray gradients(Network network, DataType type) {
    TrainableGraph graph = GraphBuilder.build(network, type, 21, Samples.PLAIN);
    graph.progress().moveTo(1, 3);
    INDArray images = Samples.images(DataType.FLOAT, network, BATCH, 22).castTo(type);
    graph.computeGradients(images, Samples.labels(type, network, BATCH));
    return graph.graph().getFlattenedGradients();
  }

  @Test
  void twentyStepsGiveTheSameBitsTwice() {
    assertThat(train(5, 20)).isEqualTo(train(5, 20));
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    assertThat(train(5, 1)).isNotEqualTo(train(6, 1));
  }

  private static float[] train(long seed, int steps) {
    TrainingParams params = new TrainingParams(BATCH, 0.1, 0.9, 1e-3, 0.7, 5, false, 0);
    Network network = Samples.cells();
    try (TrainableGraph graph = GraphBuilder.build(network, DataType.FLOAT, seed, params)) {
      for (int step = 0; step < steps; step++) {
        graph.progress().moveTo(step, steps);
        INDArray images = Samples.images(DataType.FLOAT, network, BATCH, 100 + step);
        graph.step(images, Samples.labels(DataType.FLOAT, network, BATCH), 0.05);
      }
      return graph.parameters().dup().data().asFloat();
    }
  }

  @Test
  void lossFallsWhenTrainingOnOneBatch() {
    Network network = Samples.cells();
    TrainableGraph graph = GraphBuilder.build(network, DataType.FLOAT, 3, TrainingParams.DEFAULT);
    INDArray images = Samples.images(DataType.FLOAT, network, 16, 4);
    INDArray labels = Samples.labels(DataType.FLOAT, network, 16);
    graph.progress().moveTo(0, 60);
    double first = graph.step(images, labels, 0.05);
    for (int step = 1; step < 60; step++) {
      graph.step(images, labels, 0.05);
    }
    assertThat(graph.step(images, labels, 0.05)).isLessThan(0.2 * first);
  }

  @Test
  void updateIsClippedDecayedClassicalMomentum() {
    NetworkBuilder builder = new NetworkBuilder("linear", new Shape(3, 1, 1));
    Network network = builder.build(builder.add("dense", new Layer.Dense(2, true), 0));
    TrainingParams params = new TrainingParams(BATCH, 0.1, 0.9, 0.01, 1, 0.05, false, 0);
    TrainableGraph graph = GraphBuilder.build(network, DataType.DOUBLE, 9, params);
    INDArray images = Samples.images(DataType.DOUBLE, network, BATCH, 10);
    INDArray labels = Samples.labels(DataType.DOUBLE, network, BATCH);
    double[] weights = graph.parameters().dup().data().asDouble();
    double[] velocity = new double[weights.length];
    for (int step = 0; step < 3; step++) {
      graph.computeGradients(images, labels);
      double[] gradient = graph.graph().getFlattenedGradients().dup().data().asDouble();
      double norm = 0;
      for (double g : gradient) {
        norm += g * g;
      }
      double scale = Math.min(1, 0.05 / Math.sqrt(norm));
      for (int i = 0; i < weights.length; i++) {
        double decay = i < 6 ? 0.01 : 0;
        velocity[i] = 0.9 * velocity[i] + scale * gradient[i] + decay * weights[i];
        weights[i] -= 0.1 * velocity[i];
      }
      graph.step(images, labels, 0.1);
      assertThat(graph.parameters().dup().data().asDouble())
          .containsExactly(weights, within(1e-12));
    }
  }

  @Test
  void batchNormNormalisesWithTheBatchAndMovesItsRunningStatistics() {
    NetworkBuilder builder = new NetworkBuilder("norm", new Shape(1, 2, 1));
    int norm = builder.add("norm", new Layer.BatchNorm(0.5, 0.9), 0);
    Network network =
        builder.build(
            builder.add(
                "conv",
                new Layer.Convolution(
                    2,
                    new Window(2, 1, 1, 1, 1, org.finchnas.searchspace.network.Padding.NONE),
                    1,
                    false),
                norm));
    TrainableGraph graph = GraphBuilder.build(network, DataType.FLOAT, 1, Samples.PLAIN);
    INDArray images = PixelInput.array(new float[] {1, 2, 3, 6}, 2, network.input());
    graph.computeGradients(images, Nd4j.create(new float[][] {{1, 0}, {0, 1}}));
    var table = graph.graph().getVertex("norm").paramTable(false);
    assertThat(java.util.Objects.requireNonNull(table.get("mean")).getDouble(0))
        .isCloseTo(0.1 * 3, within(1e-6));
    assertThat(java.util.Objects.requireNonNull(table.get("variance")).getDouble(0))
        .isCloseTo(0.9 + 0.1 * 14 / 3, within(1e-6));
  }
}
