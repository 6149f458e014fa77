package org.finchnas.searchspace.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * A whole model in one safetensors file (the format of the Python library of that name): the
 * weights under their names, and as metadata the blueprint, the normalisation and the labels. Equal
 * models make equal bytes.
 *
 * <p>In Python {@code safetensors.numpy.load_file} gives the arrays, {@code
 * safe_open(…).metadata()} the rest; {@code finch.labels}, {@code finch.mean} and {@code
 * finch.deviation} are JSON arrays.
 *
 * @param blueprint what assembles to the network of {@code trained}
 */
public record WeightsFile(Blueprint blueprint, TrainedNetwork trained) {

  /** What the names of such files end in. */
  public static final String SUFFIX = ".safetensors";

  /** Ends the name of a file while it is written; stays behind when its process is killed then. */
  public static final String UNFINISHED = ".part";

  private static final Pattern HASH_NAME = Pattern.compile("[0-9a-f]{64}\\" + SUFFIX);

  public WeightsFile {
    if (!blueprint.assemble().nodes().equals(trained.network().nodes())) {
      throw new IllegalArgumentException(
          "The blueprint %s does not assemble to the network %s."
              .formatted(blueprint, trained.network().name()));
    }
  }

  /**
   * Reads and checks a file. One that is named after the SHA-256 of its bytes, as {@link
   * #writeInto} names it, must have it.
   *
   * @throws IOException if it cannot be read or is no whole model; names the file and what is wrong
   */
  public static WeightsFile read(Path file) throws IOException {
    requireNamedHash(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return SafetensorsReader.read(channel);
    } catch (IllegalArgumentException e) {
      throw new UnreadableWeightsException("%s is no model: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void requireNamedHash(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (HASH_NAME.matcher(name).matches()) {
      MessageDigest digest = sha256();
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
        bytes.transferTo(OutputStream.nullOutputStream());
      }
      if (!name.startsWith(HexFormat.of().formatHex(digest.digest()))) {
        throw new UnreadableWeightsException(
            "%s is damaged: its bytes are not those it is named after. Restore it from a copy."
                .formatted(file));
      }
    }
  }

  /**
   * Writes the file whole or not at all, and onto the disk before it returns.
   *
   * @return the SHA-256 of its bytes, hexadecimal
   */
  public String write(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    return write(whole.resolveSibling(""), hash -> whole);
  }

  /**
   * Writes a file named after the SHA-256 of its bytes, whole or not at all.
   *
   * @return the hash: the file is {@code directory.resolve(hash + SUFFIX)}
   */
  public String writeInto(Path directory) throws IOException {
    Files.createDirectories(directory);
    return write(directory, hash -> directory.resolve(hash + SUFFIX));
  }

  private String write(Path directory, Function<String, Path> target) throws IOException {
    // Not a temporary file, which only its owner may read: runs are shared.
    Path part = Files.createFile(directory.resolve("weights-" + UUID.randomUUID() + UNFINISHED));
    try {
      String hash = writePart(part);
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

  /** A file is only there after a power cut if its directory's entry is. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private String writePart(Path part) throws IOException {
    MessageDigest digest = sha256();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
        OutputStream file = Channels.newOutputStream(channel);
        OutputStream hashed = new BufferedOutputStream(new DigestOutputStream(file, digest))) {
      SafetensorsWriter.write(this, hashed);
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
