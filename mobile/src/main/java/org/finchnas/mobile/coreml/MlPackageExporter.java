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
import org.finchnas.mobile.quantization.ActivationRange;
import org.finchnas.mobile.quantization.ActivationRanges;
import org.finchnas.mobile.quantization.HalfPrecision;

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
    if (request.precision() != Precision.FP32) {
      requireHalves(request.calibration().ranges(graph));
    }
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

  /** What training images do not overflow, others hardly will: half the range is left to them. */
  private static void requireHalves(ActivationRanges ranges) {
    for (int i = 1; i < ranges.graph().nodes().size(); i++) {
      ActivationRange range = ranges.range(i);
      float largest = Math.max(-range.low(), range.high());
      if (largest > HalfPrecision.LARGEST / 2) {
        throw new IllegalArgumentException(
            ("%s computes values up to %.0f. A package of fp16 or int8 calculates in halves, which"
                    + " end at %.0f, and needs twice the room. Export fp32, or another format.")
                .formatted(ranges.graph().nodes().get(i).name(), largest, HalfPrecision.LARGEST));
      }
    }
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
