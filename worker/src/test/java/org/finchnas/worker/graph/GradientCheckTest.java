package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Each layer's gradients in double precision against central finite differences. */
class GradientCheckTest {

  private static final int BATCH = 3;
  private static final double STEP = 1e-6;

  static Stream<Arguments> layers() {
    Shape odd = new Shape(4, 5, 7);
    return Stream.of(
            convolution("3x3 same", 6, Window.same(odd, 3, 1, 1), 1, true),
            convolution("3x3 same stride 2", 6, Window.same(odd, 3, 2, 1), 1, false),
            convolution("3x3 same dilation 2", 6, Window.same(odd, 3, 1, 2), 1, false),
            convolution("1x3 same", 6, Window.same(odd, 1, 3, 1, 1, 1), 1, false),
            convolution("5x3 stride 2x1", 6, Window.same(odd, 5, 3, 2, 1, 1), 1, false),
            convolution("3x3 valid", 6, Window.square(3, 1, 0), 1, true),
            convolution("3x3 padding 1 stride 2", 6, Window.square(3, 2, 1), 1, true),
            convolution("1x1", 6, Window.square(1, 1, 0), 1, false),
            convolution("asymmetric", 6, asymmetric(3, 2, 1), 1, true),
            convolution("asymmetric dilated", 6, asymmetric(2, 1, 2), 1, true),
            convolution("2 groups", 6, Window.same(odd, 3, 2, 1), 2, true),
            convolution("2 groups asymmetric", 6, asymmetric(3, 1, 1), 2, false),
            convolution("depthwise 3x3", 4, Window.same(odd, 3, 1, 1), 4, false),
            convolution("depthwise 5x5 stride 2", 4, Window.same(odd, 5, 2, 1), 4, true),
            convolution("depthwise dilated", 4, Window.same(odd, 3, 1, 2), 4, false),
            convolution("depthwise dilated stride 2", 4, Window.same(odd, 3, 2, 2), 4, false),
            convolution("depthwise asymmetric", 4, asymmetric(3, 2, 1), 4, false),
            convolution("depthwise padding 1 stride 2", 4, Window.square(3, 2, 1), 4, false),
            convolution("depthwise multiplier 2", 8, Window.same(odd, 3, 1, 1), 4, true),
            pooling("max same", PoolingKind.MAX, Window.same(odd, 3, 1, 1)),
            pooling("max same stride 2", PoolingKind.MAX, Window.same(odd, 3, 2, 1)),
            pooling("max 2x3", PoolingKind.MAX, Window.same(odd, 2, 3, 2, 1, 1)),
            pooling("max padding 1 stride 2", PoolingKind.MAX, Window.square(3, 2, 1)),
            pooling("max asymmetric", PoolingKind.MAX, asymmetric(3, 2, 1)),
            pooling("average same", PoolingKind.AVERAGE, Window.same(odd, 3, 1, 1)),
            pooling("average same stride 2", PoolingKind.AVERAGE, Window.same(odd, 3, 2, 1)),
            pooling("average padding 1 stride 2", PoolingKind.AVERAGE, Window.square(3, 2, 1)),
            pooling(
                "average 2x3 valid", PoolingKind.AVERAGE, new Window(2, 3, 2, 1, 1, Padding.NONE)),
            pooling("average asymmetric", PoolingKind.AVERAGE, asymmetric(3, 2, 1)),
            Arguments.of("global average pooling", new Layer.GlobalAveragePooling()),
            Arguments.of("batch norm", new Layer.BatchNorm(1e-3, 0.9)),
            Arguments.of("dense", new Layer.Dense(5, true)),
            Arguments.of("dense without bias", new Layer.Dense(5, false)),
            Arguments.of("shift", new Layer.Shift()),
            Arguments.of("channel shuffle", new Layer.ChannelShuffle(2)),
            Arguments.of("dropout", new Layer.Dropout(0.6)),
            Arguments.of("drop-path", new Layer.DropPath(0.8)))
        .flatMap(Stream::of);
  }

  static Stream<Arguments> all() {
    Stream<Arguments> activations =
        Stream.of(ActivationFunction.values())
            .map(function -> Arguments.of(function.name(), new Layer.Activation(function)));
    return Stream.concat(layers(), activations);
  }

  private static Arguments convolution(
      String name, int filters, Window window, int groups, boolean bias) {
    return Arguments.of(name, new Layer.Convolution(filters, window, groups, bias));
  }

  private static Arguments pooling(String name, PoolingKind kind, Window window) {
    return Arguments.of(name, new Layer.Pooling(kind, window));
  }

  private static Window asymmetric(int kernel, int stride, int dilation) {
    return new Window(kernel, kernel, stride, stride, dilation, new Padding(0, 2, 1, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void gradientsOfOneLayerAreFiniteDifferences(String name, Layer layer) {
    NetworkBuilder builder = new NetworkBuilder(name, new Shape(3, 5, 7));
    int before =
        builder.add("before", new Layer.Convolution(4, Window.square(1, 1, 0), 1, true), 0);
    int tested = builder.add("tested", layer, before);
    int after = builder.add("after", new Layer.Dense(3, true), tested);
    check(builder.build(after));
  }

  private static void check(Network network) {
    TrainingParams params = new TrainingParams(BATCH, 0.1, 0.9, 0, 0.7, 0, false, 0);
    TrainableGraph graph = GraphBuilder.build(network, DataType.DOUBLE, 7, params);
    graph.progress().moveTo(3, 5);
    Random random = new Random(3);
    INDArray weights = graph.parameters();
    for (long i = 0; i < weights.length(); i++) {
      weights.putScalar(i, weights.getDouble(i) + 0.1 * random.nextGaussian());
    }
    Shape input = network.input();
    INDArray images =
        Nd4j.zeros(DataType.DOUBLE, BATCH, input.height(), input.width(), input.channels());
    for (long i = 0; i < images.length(); i++) {
      images.putScalar(i, random.nextGaussian());
    }
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, BATCH, network.classes());
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, i % network.classes(), 1);
    }
    graph.computeGradients(images, labels);
    INDArray analytic = graph.graph().getFlattenedGradients().dup();
    double scale = analytic.amaxNumber().doubleValue();
    assertThat(scale).isGreaterThan(1e-4);
    for (long i = 0; i < weights.length(); i++) {
      double value = weights.getDouble(i);
      weights.putScalar(i, value + STEP);
      double up = graph.computeGradients(images, labels);
      weights.putScalar(i, value - STEP);
      double down = graph.computeGradients(images, labels);
      weights.putScalar(i, value);
      double numeric = (up - down) / (2 * STEP);
      double error = Math.abs(numeric - analytic.getDouble(i));
      assertThat(error)
          .as("parameter %d: analytic %g, numeric %g", i, analytic.getDouble(i), numeric)
          .isLessThan(1e-6 * Math.max(scale, Math.abs(numeric)) + 1e-9);
    }
  }
}
