package org.finchnas.mobile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.mobile.latency.LatencyMeasurement;
import org.finchnas.mobile.latency.LatencyMeter;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.Verification;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.mobile.verification.VerificationLimits;

/** Checks and times files of any format that has an exporter. */
public final class ModelVerifier {

  private final List<Exporter> exporters;
  private final LatencyMeter meter;

  public ModelVerifier(List<Exporter> exporters, LatencyMeter meter) {
    this.exporters = List.copyOf(exporters);
    this.meter = meter;
  }

  /**
   * Runs a file, in each runtime at hand, and its network over the same images, and times the file
   * where its runtime is here. The result tells whether the limits are met.
   *
   * @throws UnreadableModelException if the file is not a model, or is truncated or altered
   * @throws IllegalArgumentException if the format is unknown, or file, network and images do not
   *     belong together
   * @throws IOException if the file cannot be read
   */
  public ExportedModel verify(Path file, Oracle oracle, VerificationImages images)
      throws IOException {
    return verify(file, ExportFormat.ofFile(file), oracle, images);
  }

  ExportedModel verify(Path file, ExportFormat format, Oracle oracle, VerificationImages images)
      throws IOException {
    ModelContent content = ModelContent.read(file);
    try (LoadedModel model = exporter(format).load(file)) {
      List<Verification> verifications =
          Verification.ofAll(model.runtimes(), oracle, images, limits(model.precision()));
      return new ExportedModel(
          file,
          format,
          model.precision(),
          content.size(),
          content.sha256(),
          verifications,
          model.isTimed() ? measure(model, images) : null);
    }
  }

  Exporter exporter(ExportFormat format) {
    return exporters.stream()
        .filter(exporter -> exporter.format() == format)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No exporter for %s is at hand.".formatted(format.token())));
  }

  private LatencyMeasurement measure(LoadedModel model, VerificationImages images) {
    try (Inference inference = model.inference(images.image(0))) {
      return meter.measure(inference, model.runtime(), model.threads());
    }
  }

  private static VerificationLimits limits(Precision precision) {
    return switch (precision) {
      case FP32 -> VerificationLimits.FP32;
      case FP16 -> VerificationLimits.FP16;
      case INT8 -> VerificationLimits.INT8;
    };
  }
}
