package org.finchnas.mobile.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.ExporterContract;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.TestNetworks;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.ReferencePredictor;
import org.finchnas.mobile.verification.Verification;
import org.finchnas.mobile.verification.VerificationLimits;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.TensorType;
import org.tensorflow.lite.support.metadata.MetadataExtractor;

class TfliteExporterTest extends ExporterContract {

  private static final Shape SMALL = new Shape(3, 9, 9);

  @TempDir Path other;

  @Override
  protected Exporter exporter() {
    return new TfliteExporter();
  }

  private Path write(TrainedNetwork network, Precision precision) throws IOException {
    Path file = other.resolve("model.tflite");
    return Files.write(file, exporter().encode(request(network, precision)).bytes());
  }

  private static TrainedNetwork everyLayer(long seed) {
    return TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), seed);
  }

  private List<Verification> verify(Path file, TrainedNetwork network, int images)
      throws IOException {
    try (LoadedModel model = exporter().load(file);
        ReferencePredictor oracle = new ReferencePredictor(network)) {
      return Verification.ofAll(
          model.runtimes(),
          Oracle.exact("reference", oracle),
          TestNetworks.images(network.network().input(), images, 99),
          VerificationLimits.INT8);
    }
  }

  private static SubGraph graph(Path file) throws IOException {
    return model(file).subgraphs(0);
  }

  private static Model model(Path file) throws IOException {
    return Model.getRootAsModel(ByteBuffer.wrap(Files.readAllBytes(file)));
  }

  private static List<String> operators(Path file) throws IOException {
    Model model = model(file);
    SubGraph graph = model.subgraphs(0);
    return IntStream.range(0, graph.operatorsLength())
        .map(i -> (int) graph.operators(i).opcodeIndex())
        .mapToObj(code -> BuiltinOperator.name(model.operatorCodes(code).builtinCode()))
        .toList();
  }

  @Test
  void bothSetsOfKernelsAreRun() throws IOException {
    assertThat(verify(write(everyLayer(1), Precision.FP32), everyLayer(1), 5))
        .extracting(Verification::runtime)
        .containsExactly(
            "TensorFlow Lite 2.21.0, XNNPACK", "TensorFlow Lite 2.21.0, without XNNPACK");
  }

  @Test
  void othersReadLabelsAndProvenance() throws IOException {
    TrainedNetwork network = everyLayer(1);
    Path file = write(network, Precision.FP32);
    MetadataExtractor reader = new MetadataExtractor(ByteBuffer.wrap(Files.readAllBytes(file)));
    assertThat(reader.getModelMetadata().author()).isEqualTo("Finch");
    assertThat(reader.getModelMetadata().version()).isEqualTo("0.1.0");
    assertThat(reader.getModelMetadata().description()).contains("by hand").contains("random");
    assertThat(reader.getInputTensorShape(0)).containsExactly(1, 27, 30, 3);
    assertThat(reader.getOutputTensorMetadata(1).associatedFiles(0).name()).isEqualTo("labels.txt");
    String labels = String.join("\n", network.labels());
    assertThat(reader.getAssociatedFile("labels.txt")).hasContent(labels);
    try (ZipFile zip = new ZipFile(file.toFile());
        var text = zip.getInputStream(zip.getEntry("labels.txt"))) {
      assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(labels);
    }
  }

  @Test
  void theSignatureNamesInputAndOutputs() throws IOException {
    Model model = model(write(everyLayer(1), Precision.FP32));
    assertThat(model.version()).isEqualTo(3);
    assertThat(model.signatureDefs(0).signatureKey()).isEqualTo("serving_default");
    assertThat(model.signatureDefs(0).inputs(0).tensorIndex())
        .isEqualTo(model.subgraphs(0).inputs(0));
    assertThat(model.signatureDefs(0).outputs(0).name()).isEqualTo("logits");
    assertThat(model.signatureDefs(0).outputs(1).name()).isEqualTo("probabilities");
  }

  @Test
  void bytesAreInAndOutAsFloats() throws IOException {
    Path file = write(everyLayer(1), Precision.INT8);
    SubGraph graph = graph(file);
    assertThat(
            Stream.of(graph.inputs(0), graph.outputs(0), graph.outputs(1))
                .map(tensor -> graph.tensors(tensor).type()))
        .containsOnly(TensorType.FLOAT32);
    assertThat(operators(file)).startsWith("QUANTIZE").endsWith("DEQUANTIZE", "SOFTMAX");
    assertThat(operators(file))
        .doesNotContain("RELU", "RELU6", "HARD_SWISH", "AVERAGE_POOL_2D", "FAKE_QUANT");
  }

  /** Explicit paddings and windows that the operators of TensorFlow Lite do not have. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void windowsWithoutANameAreExact(Precision precision) throws IOException {
    NetworkBuilder b = new NetworkBuilder("windows", SMALL);
    int stem =
        b.add("stem", new Layer.Convolution(6, Window.same(SMALL, 3, 1, 1), 1, true), b.input());
    List<Window> windows =
        List.of(
            new Window(3, 3, 2, 2, 1, Padding.symmetric(1, 1)),
            new Window(3, 2, 2, 2, 1, new Padding(2, 1, 0, 0)),
            new Window(3, 3, 2, 2, 2, new Padding(2, 2, 2, 2)),
            new Window(1, 1, 2, 2, 1, Padding.NONE),
            new Window(2, 2, 2, 2, 1, new Padding(0, 0, 1, 1)));
    int joined = -1;
    for (int i = 0; i < windows.size(); i++) {
      for (PoolingKind kind : PoolingKind.values()) {
        int pool = b.add(kind + "_" + i, new Layer.Pooling(kind, windows.get(i)), stem);
        joined = joined < 0 ? pool : b.add("joined_" + pool, new Layer.Concat(), joined, pool);
      }
      Layer grouped = new Layer.Convolution(6, windows.get(i), 3, true);
      joined = b.add("with_" + i, new Layer.Concat(), joined, b.add("conv_" + i, grouped, stem));
    }
    TrainedNetwork network =
        TestNetworks.trained(b.build(b.add("logits", new Layer.Dense(7, true), joined)), 5);
    double limit = precision == Precision.FP32 ? 1e-5 : precision == Precision.FP16 ? 5e-3 : 0.1;
    assertThat(verify(write(network, precision), network, 50))
        .allSatisfy(each -> assertThat(each.logitDifference()).isLessThan(limit));
  }
}
