package org.finchnas.mobile.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.ExporterContract;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.TestNetworks;
import org.finchnas.mobile.onnx.runtime.OrtStart;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExporterTest extends ExporterContract {

  @TempDir Path other;

  @Override
  protected Exporter exporter() {
    return new OnnxExporter();
  }

  private ModelProto model(TrainedNetwork network, Precision precision) throws IOException {
    return ModelProto.parseFrom(exporter().encode(request(network, precision)).bytes());
  }

  private static TrainedNetwork everyLayer() {
    return TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), 1);
  }

  private static List<TensorProto> constants(ModelProto model, TensorProto.DataType type) {
    return model.getGraph().getInitializerList().stream()
        .filter(tensor -> tensor.getDataType() == type.getNumber())
        .toList();
  }

  private static long elements(List<TensorProto> tensors) {
    return tensors.stream()
        .mapToLong(tensor -> tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b))
        .sum();
  }

  @Test
  void halfPrecisionStoresAllThatWasLearnedAsHalves() throws IOException {
    ModelProto single = model(everyLayer(), Precision.FP32);
    ModelProto half = model(everyLayer(), Precision.FP16);
    long learned = elements(constants(half, TensorProto.DataType.FLOAT16));
    assertThat(elements(constants(single, TensorProto.DataType.FLOAT)))
        .isEqualTo(learned + elements(constants(half, TensorProto.DataType.FLOAT)));
    assertThat(constants(half, TensorProto.DataType.FLOAT))
        .noneMatch(tensor -> tensor.getName().endsWith(":weights"))
        .noneMatch(tensor -> tensor.getName().endsWith(":bias"));
  }

  @Test
  void weightsAreBytesWithAScaleForEachOutputChannel() throws IOException {
    ModelProto model = model(everyLayer(), Precision.INT8);
    String strided =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getName().equals("strided"))
            .map(node -> node.getInput(1).replace(":w:v", ""))
            .findFirst()
            .orElseThrow();
    assertThat(dimensions(model, TensorProto.DataType.INT8, strided + ":w"))
        .containsExactly(8L, 4L, 5L, 5L);
    assertThat(dimensions(model, TensorProto.DataType.FLOAT, strided + ":w:s")).containsExactly(8L);
    assertThat(dimensions(model, TensorProto.DataType.INT32, strided + ":b")).containsExactly(8L);
  }

  private static List<Long> dimensions(ModelProto model, TensorProto.DataType type, String name) {
    return constants(model, type).stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getDimsList();
  }

  /** Operators that this machine's kernels for bytes run, of all that the runtime makes of it. */
  private Map<String, Long> optimized(ModelProto model) throws IOException, OrtException {
    Path file = other.resolve("optimized.onnx");
    OrtEnvironment environment = OrtStart.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
      options.setOptimizedModelFilePath(file.toString());
      environment.createSession(model.toByteArray(), options).close();
    }
    return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList().stream()
        .collect(Collectors.groupingBy(NodeProto::getOpType, Collectors.counting()));
  }

  /** The normalisation, twenty-seven convolutions and a classifier that is one. */
  @Test
  void theRuntimeMakesOperatorsOfBytesOfAMobileNet() throws IOException, OrtException {
    Blueprint blueprint = new Blueprint("mobilenet-v1@0.25", new Shape(3, 32, 32), 10);
    ModelProto model = model(TestNetworks.trained(blueprint.assemble(), 1), Precision.INT8);
    Map<String, Long> operators = optimized(model);
    assertThat(operators)
        .containsEntry("QLinearConv", 29L)
        .doesNotContainKeys("Conv", "Relu", "Clip");
  }
}
