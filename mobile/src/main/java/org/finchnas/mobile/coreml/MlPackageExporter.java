package org.finchnas.mobile.coreml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.coreml.decoder.DecodedModel;
import org.finchnas.mobile.coreml.proto.ModelMessages.FeatureType;
import org.finchnas.mobile.coreml.proto.ModelMessages.Model;
import org.finchnas.mobile.graph.InferenceGraph;

/**
 * Writes {@code .mlpackage} folders: an ML program that classifies, with its weights in a file
 * beside it. In fp32 it is of specification 6 (iOS 15) and calculates in single precision. In fp16
 * the image is normalised in single precision, then all weights and values are halves, as the
 * Neural Engine has them, up to the logits. In int8 the weights of convolutions and dense layers
 * are bytes that become halves ({@code constexpr_affine_dequantize}, of specification 7, iOS 16).
 */
public final class MlPackageExporter implements Exporter {

  private static final String DATA = "Data/";
  private static final String MODEL = "com.apple.CoreML/model.mlmodel";
  private static final String WEIGHTS = "com.apple.CoreML/weights";

  @Override
  public ExportFormat format() {
    return ExportFormat.MLPACKAGE;
  }

  @Override
  public ModelContent encode(ExportRequest request) {
    InferenceGraph graph = InferenceGraph.of(request.network());
    boolean bytes = request.precision() == Precision.INT8;
    ClassifierProgram program =
        ClassifierProgram.of(graph, request.precision(), bytes ? "CoreML6" : "CoreML5");
    FeatureType.Array logits =
        FeatureType.Array.newBuilder()
            .addShape(1)
            .addShape(graph.labels().size())
            .setType(FeatureType.Array.Type.FLOAT32)
            .build();
    Model model =
        Model.newBuilder()
            .setSpecificationVersion(bytes ? 7 : 6)
            .setDescription(ClassifierDescription.of(request, graph, logits))
            .setProgram(program.program())
            .build();
    return Seal.folder(
        Map.of(
            "Manifest.json",
            manifest().getBytes(StandardCharsets.UTF_8),
            DATA + MODEL,
            model.toByteArray(),
            DATA + WEIGHTS + "/weight.bin",
            program.weightFile()),
        DATA + MODEL);
  }

  private static String manifest() {
    return """
        {
          "fileFormatVersion": "1.0.0",
          "itemInfoEntries": {
            "%s": {
              "author": "com.apple.CoreML",
              "description": "CoreML Model Specification",
              "name": "model.mlmodel",
              "path": "%s"
            },
            "%s": {
              "author": "com.apple.CoreML",
              "description": "CoreML Model Weights",
              "name": "weights",
              "path": "%s"
            }
          },
          "rootModelIdentifier": "%s"
        }
        """
        .formatted(identifier(MODEL), MODEL, identifier(WEIGHTS), WEIGHTS, identifier(MODEL));
  }

  /** The same for the same place, so that equal networks give equal packages. */
  private static String identifier(String place) {
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8))
        .toString()
        .toUpperCase(Locale.ROOT);
  }

  @Override
  public LoadedModel load(Path file) throws IOException {
    return DecodedModel.ofProgram(file);
  }
}
