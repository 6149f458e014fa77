package org.finchnas.coordinator.cluster;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.finchnas.coordinator.cluster.message.Wire;
import org.finchnas.coordinator.run.Durable;
import org.finchnas.searchspace.weights.WeightsFile;

/** Files that are named by the SHA-256 of their bytes, given and taken in pieces. */
public final class ClusterFiles {

  /** Larger than the weights of any network a phone could hold. */
  private static final long MAX_BYTES = 4L << 30;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private ClusterFiles() {}

  /** Where the weights of a hash lie in a folder; the file need not be there. */
  public static Path weights(Path folder, String hash) throws InvalidException {
    return folder.resolve(requireHash(hash) + WeightsFile.SUFFIX);
  }

  /** A file is whole from the moment it has its name. */
  public static boolean hasWeights(Path folder, String hash) throws InvalidException {
    return Files.isRegularFile(weights(folder, hash));
  }

  /** A piece of a file as it stands; empty if there is none. */
  public static Optional<Piece> read(Path file, long offset) throws IOException {
    // Not a channel: an interrupt of a slow disk's patient reader would look like a failing disk.
    try (RandomAccessFile bytesOf = new RandomAccessFile(file.toFile(), "r")) {
      long size = bytesOf.length();
      if (offset < 0 || offset > size) {
        throw new InvalidException("%s has no byte %d.".formatted(file.getFileName(), offset));
      }
      byte[] bytes = new byte[(int) Math.min(Wire.PIECE_BYTES, size - offset)];
      bytesOf.seek(offset);
      bytesOf.readFully(bytes);
      return Optional.of(new Piece(size, bytes));
    } catch (FileNotFoundException e) {
      if (Files.exists(file)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * A piece of a file.
   *
   * @param size of the whole file in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // it is written and read, never compared
  public record Piece(long size, byte[] bytes) {}

  /** What is asked for, or came, makes no sense; the disk is well. */
  public static sealed class InvalidException extends IOException {

    public InvalidException(String message) {
      super(message);
    }
  }

  /** What came is not what was sent. */
  public static final class DamagedException extends InvalidException {

    DamagedException(String message) {
      super(message);
    }
  }

  /** Whether a file is here and holds what its name says. */
  public static boolean hasSoundWeights(Path folder, String hash) throws IOException {
    try {
      return sha256(weights(folder, hash)).equals(hash);
    } catch (FileNotFoundException e) {
      if (Files.exists(weights(folder, hash))) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Takes a piece of a file of weights; the last one makes it whole, durable and known by its name.
   *
   * @param sender keeps apart what several send of the same file at once
   * @return the offset of the next piece; {@code size} when the file is whole
   * @throws DamagedException if the bytes are not those of the hash: the file begins afresh
   * @throws InvalidException if the piece is none of such a file
   * @throws IOException if the disk fails
   */
  public static long write(
      Path folder, String sender, String hash, long offset, long size, byte[] bytes)
      throws IOException {
    Path file = weights(folder, hash);
    if (Files.isRegularFile(file)) {
      return size;
    }
    if (size < 0 || size > MAX_BYTES || offset < 0 || bytes.length > size - offset) {
      throw new InvalidException(
          "Weights of %d bytes cannot have %d at %d.".formatted(size, bytes.length, offset));
    }
    Path part = folder.resolve(requireHash(hash) + "." + sender + WeightsFile.UNFINISHED);
    long have = Files.exists(part) ? Files.size(part) : 0;
    if (offset != have) {
      return have;
    }
    try (OutputStream out = new FileOutputStream(part.toFile(), true)) {
      out.write(bytes);
    }
    if (offset + bytes.length == size) {
      finish(part, file, hash);
    }
    return offset + bytes.length;
  }

  private static void finish(Path part, Path file, String hash) throws IOException {
    boolean sound = sha256(part).equals(hash);
    if (!sound) {
      Files.deleteIfExists(part);
      throw new DamagedException("%s arrived damaged.".formatted(file.getFileName()));
    }
    try (FileOutputStream whole = new FileOutputStream(part.toFile(), true)) {
      whole.getFD().sync();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Durable.syncFolder(file.resolveSibling(""));
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream bytes = new DigestInputStream(new FileInputStream(file.toFile()), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The hash that weights of these bytes are known by. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** What a stranger sends must not become a path. */
  private static String requireHash(String hash) throws InvalidException {
    if (!HASH.matcher(hash).matches()) {
      throw new InvalidException("A file must be named by a SHA-256 in hexadecimal.");
    }
    return hash;
  }
}
