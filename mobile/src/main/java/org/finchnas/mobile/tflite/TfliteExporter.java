package org.finchnas.mobile.tflite;

import java.io.IOException;
import java.nio.file.Path;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.tflite.graph.GraphWriter;
import org.finchnas.mobile.tflite.graph.TfliteGraph;

/**
 * Writes TFLite files of schema version 3: one image in ({@code 1 x height x width x channels},
 * floats 0…255 in every precision), {@code logits} and {@code probabilities} out. How large a file
 * is depends on the network's structure and the texts in it, never on its weights.
 */
public final class TfliteExporter implements Exporter {

  @Override
  public ExportFormat format() {
    return ExportFormat.TFLITE;
  }

  @Override
  public ModelContent encode(ExportRequest request) {
    InferenceGraph source = InferenceGraph.of(request.network());
    TfliteGraph graph =
        switch (request.precision()) {
          case FP32 -> GraphWriter.single(source);
          case FP16 -> GraphWriter.half(source);
          case INT8 -> GraphWriter.bytes(source, request.calibration().ranges(source));
        };
    return ModelContent.ofFile(
        TfliteFile.sealed(graph, request, source.labels(), source.input().channels()));
  }

  @Override
  public LoadedModel load(Path file) throws IOException {
    return TfliteModel.open(file);
  }
}
