package org.finchnas.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decoded data sets in a directory, shared by the processes of a machine. Every process writes to a
 * file of its own and renames it when it is whole, so of two that race both get the same images; a
 * file that is cut short or damaged is made again.
 *
 * @param directory may be deleted at any time; created when missing
 */
record DataSetCache(Path directory) {

  /** Ending of files that are being written. */
  static final String PARTIAL = ".partial";

  private static final Duration ABANDONED = Duration.ofDays(1);

  /**
   * Opens a data set, making it first unless it is here.
   *
   * @param key file name without its ending; whatever changes the images must change the key
   */
  DataSet open(String key, Supplier<DataSet> source) {
    Path file = directory.resolve(key + ".images");
    try {
      DataSet known = sound(file);
      if (known == null) {
        Files.createDirectories(directory);
        removeAbandoned();
        write(file, source.get());
        known = sound(file);
      }
      if (known == null) {
        throw new DataSetException(
            "%s was written and cannot be read back. Check the disk, or choose another cache directory."
                .formatted(file));
      }
      return known;
    } catch (IOException e) {
      throw new DataSetException(
          "Decoded images cannot be kept in %s (%s). Free some space there, or choose another cache directory."
              .formatted(directory, reason(e)),
          e);
    }
  }

  private void write(Path file, DataSet set) throws IOException {
    Path partial = Files.createTempFile(directory, file.getFileName() + ".", PARTIAL);
    try {
      DataSetFile.write(partial, set);
      move(partial, file);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Windows refuses to replace a file that another process has mapped: then that one serves. */
  private static void move(Path partial, Path file) throws IOException {
    try {
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (sound(file) == null) {
        throw e;
      }
    }
  }

  private static @Nullable DataSet sound(Path file) throws IOException {
    return Files.isRegularFile(file) ? DataSetFile.read(file) : null;
  }

  private void removeAbandoned() throws IOException {
    try (DirectoryStream<Path> partials = Files.newDirectoryStream(directory, "*" + PARTIAL)) {
      for (Path partial : partials) {
        if (abandoned(partial)) {
          Files.deleteIfExists(partial);
        }
      }
    }
  }

  private static boolean abandoned(Path partial) throws IOException {
    try {
      Instant changed = Files.getLastModifiedTime(partial).toInstant();
      return changed.isBefore(Instant.now().minus(ABANDONED));
    } catch (NoSuchFileException e) {
      return false; // its process has just renamed it
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
