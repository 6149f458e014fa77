package org.finchnas.mobile.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.onnx.graph.OnnxForm;

/**
 * Writes ONNX files of opset 13 and IR version 7, which runtimes since 2020 read: one image in
 * ({@code 1 x channels x height x width}, values 0…255), {@code logits} and {@code probabilities}
 * out.
 */
public final class OnnxExporter implements Exporter {

  @Override
  public ExportFormat format() {
    return ExportFormat.ONNX;
  }

  @Override
  public ModelContent encode(ExportRequest request) {
    if (request.precision() != Precision.FP32) {
      throw new IllegalArgumentException(
          "ONNX files are written in fp32 alone, not in %s. Export fp32, or another format."
              .formatted(request.precision().token()));
    }
    InferenceGraph graph = InferenceGraph.of(request.network());
    ModelProto.Builder model =
        OnnxForm.model(OnnxForm.fp32(graph)).setProducerVersion(request.card().finchVersion());
    return ModelContent.ofFile(OnnxFile.sealed(model, request, graph.labels()).toByteArray());
  }

  @Override
  public LoadedModel load(Path file) throws IOException {
    return OnnxPredictor.open(file);
  }
}
