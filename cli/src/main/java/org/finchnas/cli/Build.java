package org.finchnas.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Which build of Finch this is: machines with the same name have the same code. */
final class Build {

  private static final int DIGITS = 8;

  private Build() {}

  /** The version, and a hash of Finch's own archives where it runs from such. */
  static String name() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
    List<Path> own =
        Arrays.stream(entries)
            .map(Path::of)
            .filter(file -> String.valueOf(file.getFileName()).matches("finch-.*\\.jar"))
            .sorted()
            .toList();
    return own.isEmpty() ? Version.current() : Version.current() + "+" + hash(own);
  }

  private static String hash(List<Path> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
