package org.finchnas.worker.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.finchnas.evaluation.Predictions;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.Dl4jPredictor;
import org.finchnas.worker.graph.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;

/** A written zip, read by stock Deeplearning4j, says what the trained network says. */
class StockZipTest {

  static final int IMAGES = 6;

  /** What stock layers cannot express. */
  private static final Set<String> REFUSED = Set.of("MAX asymmetric", "AVERAGE asymmetric");

  @TempDir Path folder;

  static Stream<Samples.Sample> layers() {
    return Samples.layers().filter(sample -> !REFUSED.contains(sample.name()));
  }

  static Stream<Samples.Sample> refused() {
    return Samples.layers().filter(sample -> REFUSED.contains(sample.name()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void oneLayerIsTheSameInStockLayers(Samples.Sample sample) throws IOException {
    check(Samples.trained(Samples.around(sample.layer()), 31));
  }

  static Stream<Network> mobileOperations() {
    return Samples.mobileOperations(
        ActivationFunction.RELU, ActivationFunction.RELU6, ActivationFunction.HARD_SWISH);
  }

  @ParameterizedTest
  @MethodSource("mobileOperations")
  void cellsOfOneMobileOperationAreTheSameInStockLayers(Network network) throws IOException {
    check(Samples.trained(network, 36));
  }

  @Test
  void cellsAreTheSameInStockLayers() throws IOException {
    check(Samples.trained(Samples.cells(), 32));
  }

  @Test
  void mergedAndFoldedLayersAreTheSameInStockLayers() throws IOException {
    check(Samples.trained(Samples.residual(), 35));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesWhatStockLayersCannotDo(Samples.Sample sample) {
    Path zip = folder.resolve("model.zip");
    TrainedNetwork trained = Samples.trained(Samples.around(sample.layer()), 33);
    assertThatThrownBy(() -> StockZip.write(trained, zip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tested cannot be written for stock Deeplearning4j")
        .hasMessageContaining("Use a SAME window");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesOfClassesTravelAlong() throws IOException {
    Path zip = folder.resolve("model.zip");
    TrainedNetwork trained = Samples.trained(Samples.cells(), 34);
    StockZip.write(trained, zip);
    List<String> labels = ModelSerializer.getObjectFromFile(zip.toFile(), StockZip.LABELS);
    assertThat(labels).isEqualTo(trained.labels());
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(zip));
  }

  private void check(TrainedNetwork trained) throws IOException {
    Path zip = folder.resolve("model.zip");
    StockZip.write(trained, zip);
    byte[] pixels = Samples.pixels(trained.network(), IMAGES, 35);
    ComputationGraph stock = ComputationGraph.load(zip.toFile(), false);
    NormalizerStandardize normalizer = ModelSerializer.restoreNormalizerFromFile(zip.toFile());
    INDArray images = Samples.channelsFirst(trained.network(), pixels, IMAGES);
    normalizer.transform(images);
    float[][] actual = stock.output(images)[0].toFloatMatrix();
    Predictions expected = predictions(trained, pixels);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(actual[i]).containsExactly(expected.probabilities(i), within(1e-5f));
    }
  }

  static Predictions predictions(TrainedNetwork trained, byte[] pixels) {
    try (Dl4jPredictor predictor = new Dl4jPredictor(trained)) {
      return predictor.predict(pixels, IMAGES);
    }
  }
}
