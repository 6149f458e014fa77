package org.finchnas.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A short name for the state of some files: their names, sizes and times of change. */
final class Fingerprint {

  private Fingerprint() {}

  /** Sixteen hexadecimal digits. */
  static String of(Path root, List<Path> files) {
    StringBuilder text = new StringBuilder(root.toAbsolutePath().normalize().toString());
    for (Path file : files) {
      try {
        text.append('\0').append(root.relativize(file));
        text.append('\0').append(Files.size(file));
        text.append('\0').append(Files.getLastModifiedTime(file));
      } catch (IOException e) {
        throw new DataSetException(
            "%s cannot be read (%s). Check that it is there and that you may read it."
                .formatted(file, e),
            e);
      }
    }
    return ContentHash.of(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }
}
