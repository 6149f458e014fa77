package org.finchnas.mobile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.finchnas.mobile.calibration.Calibration;
import org.finchnas.mobile.latency.LatencyMeter;
import org.finchnas.mobile.verification.FailedVerificationException;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.ReferencePredictor;
import org.finchnas.mobile.verification.Verification;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.mobile.verification.VerificationLimits;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every export format must keep; its test extends this and names the exporter. */
public abstract class ExporterContract {

  private static final ModelCard CARD = new ModelCard("test", "by hand", "random", "0.1.0");

  @TempDir Path folder;

  protected abstract Exporter exporter();

  private ModelVerifier verifier() {
    return new ModelVerifier(List.of(exporter()), new LatencyMeter("this machine", 1, 5));
  }

  protected Path file() {
    return folder.resolve("model." + exporter().format().extension());
  }

  protected ExportRequest request(TrainedNetwork network) {
    return request(network, Precision.FP32);
  }

  /** Calibrated on other images than those it is verified on. */
  protected ExportRequest request(TrainedNetwork network, Precision precision) {
    Calibration calibration =
        Calibration.on(TestNetworks.images(network.network().input(), 100, 7));
    return new ExportRequest(network, CARD, exporter().format(), precision, calibration, file());
  }

  protected ExportedModel export(TrainedNetwork network, VerificationImages images)
      throws IOException {
    try (ReferencePredictor oracle = new ReferencePredictor(network)) {
      return new VerifiedExport(verifier())
          .export(request(network), Oracle.exact("reference", oracle), images);
    }
  }

  /** What each runtime says of a file, whatever its limits are. */
  private List<Verification> verify(TrainedNetwork network, Precision precision, int images)
      throws IOException {
    exporter().encode(request(network, precision)).write(file());
    try (LoadedModel model = exporter().load(file());
        ReferencePredictor oracle = new ReferencePredictor(network)) {
      return Verification.ofAll(
          model.runtimes(),
          Oracle.exact("reference", oracle),
          TestNetworks.images(network.network().input(), images, 99),
          VerificationLimits.INT8);
    } finally {
      ModelContent.delete(file());
    }
  }

  private static TrainedNetwork everyLayer(long seed) {
    return TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), seed);
  }

  private static VerificationImages images(int count) {
    return TestNetworks.images(TestNetworks.ODD, count, 99);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyLayerAgreesWithTheReference(long seed) throws IOException {
    ExportedModel model = export(everyLayer(seed), images(200));
    Verification verification = model.verification();
    assertThat(verification.violations()).isEmpty();
    assertThat(verification.images()).isEqualTo(200);
    assertThat(verification.topAgreement()).isEqualTo(1);
    assertThat(verification.accuracy()).isEqualTo(verification.oracleAccuracy());
    assertThat(model.fileBytes()).isEqualTo(ModelContent.read(file()).size());
    assertTimed(model);
    assertThat(folder).isDirectoryContaining(path -> path.equals(file()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void halfWeightsAgreeAsFarAsElevenBitsAllow(long seed) throws IOException {
    assertThat(verify(everyLayer(seed), Precision.FP16, 200))
        .allSatisfy(
            each -> {
              assertThat(each.logitDifference()).isBetween(1e-6, 0.01);
              assertThat(each.topAgreement()).isGreaterThanOrEqualTo(0.99);
            });
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void bytesAgreeAsFarAsEightBitsAllow(long seed) throws IOException {
    assertThat(verify(everyLayer(seed), Precision.INT8, 200))
        .allSatisfy(
            each -> {
              assertThat(each.logitDifference()).isBetween(1e-4, 0.25);
              assertThat(each.topAgreement()).isGreaterThan(0.85);
            });
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void bytesOfRandomCellsRun(long seed) throws IOException {
    Shape shape = new Shape(3, 16, 16);
    Architecture architecture = space(seed, 5, 8, 16).sample(new SplittableRandom(seed));
    TrainedNetwork network = TestNetworks.trained(architecture.assemble(shape, 10), seed);
    try {
      assertThat(verify(network, Precision.INT8, 20))
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.logitDifference()).isLessThan(1));
    } catch (IllegalArgumentException refused) {
      assertThat(calculatesInHalves()).isTrue();
      assertThat(refused).hasMessageContaining("calculates in halves, which end at 65504");
    }
  }

  /** Whether values of networks with random weights may be too large for the format. */
  protected boolean calculatesInHalves() {
    return false;
  }

  private static CellSearchSpace space(long seed, int blocks, int filters, int size) {
    List<OperationSet> sets =
        List.of(OperationSet.NASNET, OperationSet.AMOEBANET, OperationSet.MOBILE);
    return new CellSearchSpace(
        sets.get((int) seed % 3).operations(),
        blocks,
        List.of(1),
        List.of(filters),
        List.of(ActivationFunction.RELU, ActivationFunction.SWISH, ActivationFunction.HARD_SWISH),
        List.of(false, true),
        Stem.CIFAR,
        size);
  }

  /** A ReLU of its own, because two read what is before it. */
  @Test
  void aBranchThatIsDeadInCalibrationDoesNoHarm() throws IOException {
    Shape image = new Shape(3, 9, 9);
    NetworkBuilder b = new NetworkBuilder("dead", image);
    Layer conv = new Layer.Convolution(4, Window.same(image, 3, 1, 1), 1, true);
    int first = b.add("first", conv, b.input());
    int relu = b.add("relu", new Layer.Activation(ActivationFunction.RELU), first);
    int second = b.add("second", conv, relu);
    int sum = b.add("sum", new Layer.Add(), second, first);
    int joined = b.add("joined", new Layer.Concat(), sum, relu);
    TrainedNetwork network =
        TestNetworks.trained(b.build(b.add("pool", new Layer.GlobalAveragePooling(), joined)), 3);
    Arrays.fill(network.weight(network.network().nodes().get(first), "bias").values(), -1e4f);
    assertThat(verify(network, Precision.INT8, 20))
        .allSatisfy(each -> assertThat(each.logitDifference()).isLessThan(1.5));
  }

  @Test
  void lowerPrecisionsAreSmaller() {
    TrainedNetwork network = everyLayer(6);
    long single = exporter().encode(request(network, Precision.FP32)).size();
    long half = exporter().encode(request(network, Precision.FP16)).size();
    long bytes = exporter().encode(request(network, Precision.INT8)).size();
    assertThat(half).isLessThan(single);
    assertThat(bytes).isLessThan(single);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theSizeIsThatOfTheStructure(Precision precision) {
    long size = exporter().encode(request(everyLayer(1), precision)).size();
    // TFLite's operators of bytes depend on calibration.
    Offset<Long> tolerance = Offset.offset(precision == Precision.INT8 ? size / 50 : 0);
    for (TrainedNetwork network : List.of(everyLayer(2), withoutWeights())) {
      assertThat(exporter().encode(request(network, precision)).size()).isCloseTo(size, tolerance);
    }
  }

  /** Equal tensors and biases of 0 everywhere. */
  private static TrainedNetwork withoutWeights() {
    TrainedNetwork network = everyLayer(1);
    network.weights().values().forEach(tensor -> Arrays.fill(tensor.values(), 0));
    return network;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theFileSaysWhatItIsAndWhereItComesFrom(Precision precision) throws IOException {
    exporter().encode(request(everyLayer(4), precision)).write(file());
    try (LoadedModel model = exporter().load(file())) {
      assertThat(model.precision()).isEqualTo(precision);
      assertThat(model.labels()).isEqualTo(everyLayer(4).labels());
      assertThat(model.properties())
          .containsEntry("author", "Finch")
          .containsEntry("license", "None stated: whoever trained this model decides")
          .containsEntry("version", "0.1.0")
          .containsEntry("name", "test")
          .containsEntry("design", "by hand")
          .containsEntry("dataSet", "random")
          .containsEntry("precision", precision.token());
    }
  }

  /** What runs in its own runtime is timed. */
  protected void assertTimed(ExportedModel model) {
    assertThat(requireNonNull(model.latency()).minimumMillis()).isPositive();
  }

  @Test
  void theTestNetworkSpreadsItsProbabilities() {
    try (ReferencePredictor oracle = new ReferencePredictor(everyLayer(1))) {
      Predictions predictions = oracle.predict(images(50).pixels(), 50);
      List<Integer> tops = tops(predictions);
      assertThat(tops.stream().distinct().count()).isGreaterThan(2);
    }
  }

  private static List<Integer> tops(Predictions predictions) {
    return IntStream.range(0, predictions.count()).mapToObj(predictions::topClass).toList();
  }

  @ParameterizedTest(name = "{0} x {0}")
  @ValueSource(ints = {5, 8, 32})
  void sizesAgreeWithTheReference(int size) throws IOException {
    Shape shape = new Shape(3, size, size);
    for (Network network :
        List.of(TestNetworks.everyLayer(shape), TestNetworks.withoutDense(shape))) {
      ExportedModel model =
          export(TestNetworks.trained(network, 5), TestNetworks.images(shape, 200, 6));
      assertThat(model.verification().passed()).isTrue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void randomCellsAgreeWithTheReference(long seed) throws IOException {
    int size = 7 + (int) seed % 3;
    Shape shape = new Shape(3, size, size);
    Architecture architecture = space(seed, 3, 4, size).sample(new SplittableRandom(seed));
    TrainedNetwork network = TestNetworks.trained(architecture.assemble(shape, 10), seed);
    ExportedModel model = export(network, TestNetworks.images(shape, 200, seed));
    assertThat(model.verification().violations()).as(architecture.notation()).isEmpty();
  }

  @Test
  void equalRequestsGiveEqualBytes() {
    assertThat(exporter().encode(request(everyLayer(4))).sha256())
        .isEqualTo(exporter().encode(request(everyLayer(4))).sha256())
        .isNotEqualTo(exporter().encode(request(everyLayer(5))).sha256());
  }

  @Test
  void theFileKnowsItsLabelsAndItsInput() throws IOException {
    TrainedNetwork network = everyLayer(4);
    exporter().encode(request(network)).write(file());
    try (LoadedModel model = exporter().load(file())) {
      assertThat(model.labels()).isEqualTo(network.labels());
      assertThat(model.input()).isEqualTo(TestNetworks.ODD);
      assertThat(model.precision()).isEqualTo(Precision.FP32);
      assertThat(model.runtime()).isNotBlank();
    }
  }

  @Test
  void aFileThatDisagreesIsNotLeftAndAnOlderOneStays() throws IOException {
    Files.writeString(file(), "older");
    TrainedNetwork network = everyLayer(4);
    try (Predictor other = new ReferencePredictor(everyLayer(5))) {
      Oracle wrong = Oracle.exact("another network", other);
      VerifiedExport export = new VerifiedExport(verifier());
      assertThatThrownBy(() -> export.export(request(network), wrong, images(200)))
          .isInstanceOf(FailedVerificationException.class)
          .hasMessageContaining("a probability differs by")
          .hasMessageContaining("same class");
    }
    assertThat(file()).hasContent("older");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file()));
  }

  @Test
  void tooFewImagesAreNoVerification() {
    assertThatThrownBy(() -> export(everyLayer(4), images(20)))
        .isInstanceOf(FailedVerificationException.class)
        .hasMessageContaining("checked on 20 images, but at least 200 are needed");
  }

  @Test
  void theVerifierTakesAFileByItsName() throws IOException {
    TrainedNetwork network = everyLayer(4);
    ExportedModel exported = export(network, images(200));
    try (Predictor oracle = new ReferencePredictor(network)) {
      ExportedModel verified =
          verifier().verify(file(), Oracle.exact("reference", oracle), images(200));
      assertThat(verified.sha256()).isEqualTo(exported.sha256());
      assertThat(verified.verification()).isEqualTo(exported.verification());
    }
  }

  private static String anyPlace(ModelContent model, SplittableRandom random) {
    List<String> places = List.copyOf(model.files().keySet());
    return places.get(random.nextInt(places.size()));
  }

  private static ModelContent with(ModelContent model, String place, byte[] bytes) {
    if (place.isEmpty()) {
      return ModelContent.ofFile(bytes);
    }
    Map<String, byte[]> files = new TreeMap<>(model.files());
    files.put(place, bytes);
    return ModelContent.ofFolder(files);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"FP32, 1", "FP32, 2", "FP16, 3", "INT8, 4"})
  void truncatedFilesAreRefused(Precision precision, long seed) throws IOException {
    ModelContent whole = exporter().encode(request(everyLayer(4), precision));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 30; i++) {
      String place = anyPlace(whole, random);
      byte[] bytes = requireNonNull(whole.files().get(place));
      int length = i == 0 ? 0 : random.nextInt(bytes.length);
      with(whole, place, Arrays.copyOf(bytes, length)).write(file());
      assertThatThrownBy(() -> exporter().load(file()))
          .isInstanceOf(UnreadableModelException.class)
          .hasMessageContaining(file().toString());
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"FP32, 1", "FP32, 2", "FP16, 3", "INT8, 4"})
  void alteredFilesAreRefused(Precision precision, long seed) throws IOException {
    ModelContent whole = exporter().encode(request(everyLayer(4), precision));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      String place = anyPlace(whole, random);
      byte[] altered = requireNonNull(whole.files().get(place)).clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      with(whole, place, altered).write(file());
      assertThatThrownBy(() -> exporter().load(file()))
          .isInstanceOf(UnreadableModelException.class)
          .hasMessageContaining(file().toString());
    }
  }

  @Test
  void garbageIsRefused() throws IOException {
    byte[] garbage = new byte[4096];
    new Random(3).nextBytes(garbage);
    Files.write(file(), garbage);
    assertThatThrownBy(() -> exporter().load(file()))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("Export the model again");
  }

  @Test
  void imagesOfAnotherSizeAreRefused() throws IOException {
    exporter().encode(request(everyLayer(4))).write(file());
    try (LoadedModel model = exporter().load(file())) {
      assertThatThrownBy(() -> model.predict(new byte[3 * 32 * 32], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 images of 3x27x30 are 2430 bytes, not 3072");
    }
  }

  @Test
  void anotherExtensionIsRefused() {
    ExportRequest misnamed =
        new ExportRequest(
            everyLayer(4),
            CARD,
            exporter().format(),
            Precision.FP32,
            Calibration.untrained(),
            folder.resolve("model.bin"));
    try (Predictor oracle = new ReferencePredictor(misnamed.network())) {
      VerifiedExport export = new VerifiedExport(verifier());
      Oracle named = Oracle.exact("reference", oracle);
      assertThatThrownBy(() -> export.export(misnamed, named, images(200)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("model.bin");
    }
  }
}
