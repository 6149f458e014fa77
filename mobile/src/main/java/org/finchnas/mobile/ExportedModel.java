package org.finchnas.mobile;

import java.nio.file.Path;
import org.finchnas.mobile.latency.LatencyMeasurement;
import org.finchnas.mobile.verification.Verification;

/**
 * A file, how well it agrees with its network and how fast it runs.
 *
 * @param sha256 of the file's bytes, hexadecimal
 */
public record ExportedModel(
    Path file,
    ExportFormat format,
    Precision precision,
    long fileBytes,
    String sha256,
    Verification verification,
    LatencyMeasurement latency) {}
