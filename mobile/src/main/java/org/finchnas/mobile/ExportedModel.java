package org.finchnas.mobile;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.finchnas.mobile.latency.LatencyMeasurement;
import org.finchnas.mobile.verification.Verification;
import org.jspecify.annotations.Nullable;

/**
 * A file, how well it agrees with its network and how fast it runs.
 *
 * @param sha256 of the file's bytes, hexadecimal
 * @param verifications one for each runtime that ran it
 * @param latency null where the format's runtime does not run here
 */
public record ExportedModel(
    Path file,
    ExportFormat format,
    Precision precision,
    long fileBytes,
    String sha256,
    List<Verification> verifications,
    @Nullable LatencyMeasurement latency) {

  public ExportedModel {
    verifications = List.copyOf(verifications);
    if (verifications.isEmpty()) {
      throw new IllegalArgumentException(file + " was run by nothing, so it is not verified.");
    }
  }

  /** The worst: one that failed before one that passed, then by the difference of logits. */
  public Verification verification() {
    return verifications.stream()
        .min(
            Comparator.comparing(Verification::passed)
                .thenComparing(Verification::logitDifference, Comparator.reverseOrder()))
        .orElseThrow();
  }
}
