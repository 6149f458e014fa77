package org.finchnas.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** A short name for the state of some files: their names, sizes and times of change. */
final class Fingerprint {

  private Fingerprint() {}

  /** Sixteen hexadecimal digits. */
  static String of(Path root, List<Path> files) {
    MessageDigest digest = ContentHash.sha256();
    update(digest, root.toAbsolutePath().normalize().toString());
    for (Path file : files) {
      try {
        update(digest, "\0" + root.relativize(file));
        update(digest, "\0" + Files.size(file));
        update(digest, "\0" + Files.getLastModifiedTime(file));
      } catch (IOException e) {
        throw new DataSetException(
            "%s cannot be read (%s). Check that it is there and that you may read it."
                .formatted(file, e),
            e);
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }

  /** File by file: the names of a million would fill the memory several times. */
  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
