package org.finchnas.mobile.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.onnx.graph.OnnxForm;
import org.finchnas.mobile.onnx.graph.OnnxGraph;

/**
 * Writes ONNX files of opset 13 and IR version 7, which runtimes since 2020 read: one image in
 * ({@code 1 x channels x height x width}, values 0…255), {@code logits} and {@code probabilities}
 * out, floats in every precision.
 */
public final class OnnxExporter implements Exporter {

  @Override
  public ExportFormat format() {
    return ExportFormat.ONNX;
  }

  @Override
  public ModelContent encode(ExportRequest request) {
    InferenceGraph source = InferenceGraph.of(request.network());
    OnnxGraph graph =
        switch (request.precision()) {
          case FP32 -> OnnxForm.single(source);
          case FP16 -> OnnxForm.half(source);
          case INT8 -> OnnxForm.bytes(request.calibration().ranges(source));
        };
    ModelProto.Builder model =
        OnnxForm.model(graph).setProducerVersion(request.card().finchVersion());
    return ModelContent.ofFile(OnnxFile.sealed(model, request, source.labels()).toByteArray());
  }

  @Override
  public LoadedModel load(Path file) throws IOException {
    return OnnxPredictor.open(file);
  }
}
