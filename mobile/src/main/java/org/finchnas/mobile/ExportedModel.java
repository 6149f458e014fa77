package org.finchnas.mobile;

import java.nio.file.Path;
import org.finchnas.mobile.latency.LatencyMeasurement;
import org.finchnas.mobile.verification.Verification;
import org.jspecify.annotations.Nullable;

/**
 * A file, how well it agrees with its network and how fast it runs.
 *
 * @param sha256 of the file's bytes, hexadecimal
 * @param latency null where the format's runtime does not run here
 */
public record ExportedModel(
    Path file,
    ExportFormat format,
    Precision precision,
    long fileBytes,
    String sha256,
    Verification verification,
    @Nullable LatencyMeasurement latency) {}
