package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.stream.Stream;
import org.finchnas.evaluation.Predictions;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What the graph computes without training, against nested loops written from the definitions. */
class InferenceTest {

  private static final int IMAGES = 5;

  static Stream<Samples.Sample> layers() {
    return Samples.layers();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void oneLayerComputesItsDefinition(Samples.Sample sample) {
    check(Samples.trained(Samples.around(sample.layer()), 11));
  }

  @Test
  void cellsComputeTheirDefinition() {
    check(Samples.trained(Samples.cells(), 12));
  }

  static Stream<Network> mobileOperations() {
    return Samples.mobileOperations(
        ActivationFunction.RELU, ActivationFunction.RELU6, ActivationFunction.HARD_SWISH);
  }

  @ParameterizedTest
  @MethodSource("mobileOperations")
  void cellsOfOneMobileOperationComputeTheirDefinition(Network network) {
    check(Samples.trained(network, 15));
  }

  @Test
  void mergedAndFoldedLayersComputeTheirDefinition() {
    check(Samples.trained(Samples.residual(), 14));
  }

  @Test
  void weightsComeBackAsTheyWentIn() {
    TrainedNetwork trained = Samples.trained(Samples.cells(), 13);
    TrainableGraph graph = GraphBuilder.build(trained.network(), DataType.FLOAT, 1, Samples.PLAIN);
    GraphWeights.load(graph, trained);
    TrainedNetwork again = GraphWeights.extract(graph, trained.normalization(), trained.labels());
    trained
        .weights()
        .forEach(
            (name, tensor) ->
                assertThat(Objects.requireNonNull(again.weights().get(name)).values())
                    .as(name)
                    .isEqualTo(tensor.values()));
  }

  private static void check(TrainedNetwork trained) {
    byte[] pixels = Samples.pixels(trained.network(), IMAGES, 17);
    Predictions predictions;
    try (Dl4jPredictor predictor = new Dl4jPredictor(trained)) {
      predictions = predictor.predict(pixels, IMAGES);
    }
    for (int image = 0; image < IMAGES; image++) {
      double[] expected = ReferenceNetwork.run(trained, normalised(trained, pixels, image));
      double range = 0;
      for (double logit : expected) {
        range = Math.max(range, Math.abs(logit));
      }
      for (int c = 0; c < expected.length; c++) {
        assertThat((double) predictions.logits(image)[c])
            .isCloseTo(expected[c], within(1e-5 * Math.max(1, range)));
      }
    }
  }

  private static double[] normalised(TrainedNetwork trained, byte[] pixels, int image) {
    Network network = trained.network();
    Normalization normalization = trained.normalization();
    double[] values = new double[(int) network.input().elements()];
    int area = values.length / network.input().channels();
    for (int i = 0; i < values.length; i++) {
      int pixel = pixels[image * values.length + i] & 0xFF;
      int channel = i / area;
      values[i] =
          (pixel - normalization.mean().get(channel)) / normalization.deviation().get(channel);
    }
    return values;
  }
}
