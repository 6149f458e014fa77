package org.finchnas.searchspace.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.jspecify.annotations.Nullable;

/**
 * What makes one model of another, its base, which has the same design and image: the arrays that
 * differ in a bit or in shape, the blueprint, normalisation and labels, and the hashes of both
 * models, in one safetensors file. All other arrays are the base's.
 *
 * @param base SHA-256 of the base's {@linkplain WeightsFile weights file}, hexadecimal
 * @param result SHA-256 of that of the model that it makes
 * @param changed arrays by their name in the model
 */
public record DeltaFile(
    Blueprint blueprint,
    Normalization normalization,
    List<String> labels,
    String base,
    String result,
    Map<String, Tensor> changed) {

  /** What the names of such files end in. */
  public static final String SUFFIX = ".delta" + WeightsFile.SUFFIX;

  static final String FORMAT = "finch.delta";
  private static final String VERSION = "1";
  private static final String BASE = "finch.base";
  private static final String RESULT = "finch.result";
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public DeltaFile {
    labels = List.copyOf(labels);
    changed = Map.copyOf(changed);
    requireHash(BASE, base);
    requireHash(RESULT, result);
  }

  private static void requireHash(String name, String hash) {
    if (!SHA_256.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "its %s should be a SHA-256 of 64 hexadecimal digits, but is %s.".formatted(name, hash));
    }
  }

  /**
   * What differs between two models.
   *
   * @throws IllegalArgumentException unless they have the same design and image size
   */
  public static DeltaFile between(WeightsFile base, WeightsFile model) {
    Blueprint from = base.blueprint();
    Blueprint to = model.blueprint();
    if (!from.design().equals(to.design()) || !from.image().equals(to.image())) {
      throw new IllegalArgumentException(
          "There is no delta between these models: only the same architecture, for pictures of the same size, with another head or other weights is the base and a change of it. The base is %s for %s, the model %s for %s. Export the whole model instead."
              .formatted(from.design(), from.image(), to.design(), to.image()));
    }
    Map<String, Tensor> changed = new HashMap<>();
    model
        .trained()
        .weights()
        .forEach(
            (name, tensor) -> {
              if (!isSame(base.trained().weights().get(name), tensor)) {
                changed.put(name, tensor);
              }
            });
    TrainedNetwork trained = model.trained();
    return new DeltaFile(
        to, trained.normalization(), trained.labels(), base.sha256(), model.sha256(), changed);
  }

  /** To the bit: minus zero is not zero. */
  private static boolean isSame(@Nullable Tensor one, Tensor other) {
    return one != null
        && one.shape().equals(other.shape())
        && Arrays.equals(bits(one), bits(other));
  }

  private static int[] bits(Tensor tensor) {
    float[] values = tensor.values();
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /**
   * The model that base and delta make; that it is the one the delta was made from is checked by
   * its hash.
   *
   * @throws IllegalArgumentException if the base is another than the delta's, or what comes out is
   *     not the delta's model
   */
  public WeightsFile appliedTo(WeightsFile other) {
    String hash = other.sha256();
    if (!hash.equals(base)) {
      throw new IllegalArgumentException(
          "the delta was made from another base: its base has the SHA-256 %s, this one %s. Name the model that it was made from."
              .formatted(base, hash));
    }
    Map<String, Tensor> weights = new HashMap<>(other.trained().weights());
    weights.putAll(changed);
    WeightsFile model =
        new WeightsFile(
            blueprint, new TrainedNetwork(blueprint.assemble(), weights, normalization, labels));
    if (!model.sha256().equals(result)) {
      throw new IllegalArgumentException(
          "base and delta make another model than the delta was made from: the delta was altered or is damaged. Restore it from a copy.");
    }
    return model;
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

  private void writeTo(OutputStream out) throws IOException {
    Map<String, String> strings =
        new TreeMap<>(new Metadata(blueprint, normalization, labels).ofModel());
    strings.put(FORMAT, VERSION);
    strings.put(BASE, base);
    strings.put(RESULT, result);
    SafetensorsWriter.write(strings, changed, out);
  }

  /**
   * Reads a file; whether its arrays were altered is seen when it is applied.
   *
   * @throws IOException if it cannot be read or is no whole delta; names the file and what is wrong
   */
  public static DeltaFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsReader reader = SafetensorsReader.of(channel);
      Map<String, String> strings = reader.strings();
      if (strings.containsKey(Metadata.FORMAT)) {
        throw new IllegalArgumentException(
            "it is a whole model. Make a delta of it: finch export MODEL --delta BASE");
      }
      Metadata.requireVersion(strings, FORMAT, VERSION);
      Metadata metadata = Metadata.ofModel(strings);
      return new DeltaFile(
          metadata.blueprint(),
          metadata.normalization(),
          metadata.labels(),
          Metadata.require(strings, BASE),
          Metadata.require(strings, RESULT),
          reader.tensors());
    } catch (IllegalArgumentException e) {
      throw new UnreadableWeightsException("%s is no delta: %s".formatted(file, e.getMessage()), e);
    }
  }
}
