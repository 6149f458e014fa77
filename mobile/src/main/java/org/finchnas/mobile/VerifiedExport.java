package org.finchnas.mobile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.finchnas.mobile.verification.FailedVerificationException;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.VerificationImages;

/**
 * Writes a file beside its place, checks it by running it, and only then gives it its name: under
 * that name there is never a file that was not verified.
 */
public final class VerifiedExport {

  private final ModelVerifier verifier;

  public VerifiedExport(ModelVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * @param oracle runs the network itself
   * @throws FailedVerificationException if the file disagrees with the oracle; it is deleted, and
   *     an older file under the name stays as it was
   * @throws IllegalArgumentException if the name does not end in the format's extension
   * @throws IOException if the file cannot be written
   */
  public ExportedModel export(ExportRequest request, Oracle oracle, VerificationImages images)
      throws IOException {
    requireExtension(request);
    Path file = request.file().toAbsolutePath();
    Files.createDirectories(file.getParent());
    Path part =
        file.resolveSibling(
            "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      verifier.exporter(request.format()).encode(request).write(part);
      ExportedModel model = verifier.verify(part, request.format(), oracle, images);
      if (!model.verification().passed()) {
        throw new FailedVerificationException(request.file().toString(), model.verification());
      }
      ModelContent.move(part, file);
      return new ExportedModel(
          request.file(),
          model.format(),
          model.precision(),
          model.fileBytes(),
          model.sha256(),
          model.verifications(),
          model.latency());
    } finally {
      ModelContent.delete(part);
    }
  }

  private static void requireExtension(ExportRequest request) {
    if (ExportFormat.ofFile(request.file()) != request.format()) {
      throw new IllegalArgumentException(
          "A file of format %s must end in .%s, but is called %s."
              .formatted(request.format().token(), request.format().extension(), request.file()));
    }
  }
}
