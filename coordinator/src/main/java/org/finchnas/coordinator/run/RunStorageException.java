package org.finchnas.coordinator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The disk failed, most often for want of space. What was told and synced before is still whole, so
 * the search can be resumed once the disk is usable.
 */
public final class RunStorageException extends UncheckedIOException {

  private final String reason;

  public RunStorageException(Path file, IOException cause) {
    super(
        ("Cannot write %s: %s. Nothing finished is lost: make room on that disk (or"
                + " mend it), then `finch resume` the run.")
            .formatted(file, reason(cause)),
        cause);
    this.reason = reason(cause);
  }

  /** What the disk said. */
  String reason() {
    return reason;
  }

  /** File system exceptions carry the reason apart from the path. */
  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    if (cause instanceof FileSystemException failure && failure.getReason() != null) {
      return String.valueOf(failure.getReason());
    }
    return String.valueOf(cause.getMessage());
  }
}
