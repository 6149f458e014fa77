package org.finchnas.searchspace.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;

/** Writes files whole or not at all, and knows the SHA-256 of what it wrote. */
final class WholeFile {

  private WholeFile() {}

  /** What is written. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, and onto the disk before it returns.
   *
   * @param target the file by the SHA-256 of its bytes, in that directory
   * @return the SHA-256, hexadecimal
   */
  static String write(Path directory, Function<String, Path> target, Content content)
      throws IOException {
    // Not a temporary file, which only its owner may read: runs are shared.
    Path part =
        Files.createFile(
            directory.resolve("weights-" + UUID.randomUUID() + WeightsFile.UNFINISHED));
    try {
      String hash = writePart(part, content);
      Files.move(
          part,
          target.apply(hash),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      sync(directory);
      return hash;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The SHA-256, hexadecimal, of what would be written. */
  static String sha256(Content content) throws IOException {
    MessageDigest digest = sha256();
    OutputStream nowhere = OutputStream.nullOutputStream();
    try (OutputStream hashed = new BufferedOutputStream(new DigestOutputStream(nowhere, digest))) {
      content.writeTo(hashed);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A file is only there after a power cut if its directory's entry is. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String writePart(Path part, Content content) throws IOException {
    MessageDigest digest = sha256();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
        OutputStream file = Channels.newOutputStream(channel);
        OutputStream hashed = new BufferedOutputStream(new DigestOutputStream(file, digest))) {
      content.writeTo(hashed);
      hashed.flush();
      channel.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
