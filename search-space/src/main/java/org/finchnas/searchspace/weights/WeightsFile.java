package org.finchnas.searchspace.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      SafetensorsReader reader = SafetensorsReader.of(channel);
      Metadata metadata = Metadata.read(reader.strings());
      return new WeightsFile(
          metadata.blueprint(),
          metadata.trained(metadata.blueprint().assemble(), reader.tensors()));
    } catch (IllegalArgumentException e) {
      throw new UnreadableWeightsException("%s is no model: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void requireNamedHash(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (HASH_NAME.matcher(name).matches()
        && !name.startsWith(WholeFile.sha256(out -> Files.copy(file, out)))) {
      throw new UnreadableWeightsException(
          "%s is damaged: its bytes are not those it is named after. Restore it from a copy."
              .formatted(file));
    }
  }

  /**
   * Writes the file whole or not at all, and onto the disk before it returns.
   *
   * @return the SHA-256 of its bytes, hexadecimal
   */
  public String write(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    return WholeFile.write(whole.resolveSibling(""), hash -> whole, this::writeTo);
  }

  /**
   * Writes a file named after the SHA-256 of its bytes, whole or not at all.
   *
   * @return the hash: the file is {@code directory.resolve(hash + SUFFIX)}
   */
  public String writeInto(Path directory) throws IOException {
    Files.createDirectories(directory);
    return WholeFile.write(directory, hash -> directory.resolve(hash + SUFFIX), this::writeTo);
  }

  /**
   * The SHA-256 that the file has when it is written, hexadecimal: equal models have equal ones.
   */
  public String sha256() {
    try {
      return WholeFile.sha256(this::writeTo);
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing was written that could fail.", e);
    }
  }

  private void writeTo(OutputStream out) throws IOException {
    SafetensorsWriter.write(Metadata.of(this).strings(), trained.weights(), out);
  }
}
