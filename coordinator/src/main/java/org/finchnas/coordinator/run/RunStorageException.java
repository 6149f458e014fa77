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

  /** For a file of a run's folder. */
  public RunStorageException(Path file, IOException cause) {
    this(
        file,
        cause,
        "Nothing finished is lost: make room on that disk (or mend it), then `finch resume` the run.");
  }

  /**
   * @param wayOut sentences that say what is lost, and what to do
   */
  public RunStorageException(Path file, IOException cause, String wayOut) {
    super("Cannot write %s: %s. %s".formatted(file, reason(cause), wayOut), cause);
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
