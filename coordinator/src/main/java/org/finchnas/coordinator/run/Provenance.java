package org.finchnas.coordinator.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.finchnas.coordinator.config.SearchConfig;
import org.jspecify.annotations.Nullable;

/**
 * Where a run comes from.
 *
 * @param version of Finch
 * @param dataHash content hash of the images
 * @param numericClass what the slots compute with, and a fingerprint of how
 * @param configDigest {@link SearchConfig#digest}
 * @param deviceHash content hash of the device profile that latencies are estimated with, or null
 */
public record Provenance(
    String version,
    long seed,
    String dataSet,
    String dataHash,
    String numericClass,
    String java,
    String os,
    String cpu,
    String configDigest,
    @Nullable String deviceHash) {

  /** The provenance of a run that starts on this machine. */
  public static Provenance here(
      String version, SearchConfig config, String dataHash, String numericClass) {
    return here(version, config, dataHash, numericClass, null);
  }

  /**
   * The same with latencies.
   *
   * @param deviceHash of the device profile, null without one
   */
  public static Provenance here(
      String version,
      SearchConfig config,
      String dataHash,
      String numericClass,
      @Nullable String deviceHash) {
    return new Provenance(
        version,
        config.seed(),
        config.data().set(),
        dataHash,
        numericClass,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        cpuModel(),
        config.digest(),
        deviceHash);
  }

  /**
   * Makes sure that a resumed run goes on as it began.
   *
   * @throws RunException if the images or the arithmetic are not what the run began with
   */
  public void requireSame(String dataHashNow, String numericClassNow) {
    if (!dataHash.equals(dataHashNow)) {
      throw new RunException(
          ("The images of %s have changed since the run began: their hash is %s, it"
                  + " was %s. Restore them, or start a new search.")
              .formatted(dataSet, dataHashNow, dataHash));
    }
    if (!numericClass.equals(numericClassNow)) {
      throw new RunException(
          ("The run computed as \"%s\", this machine computes as \"%s\": results"
                  + " would not agree. Resume it with the version and on a machine like the first, or start a new search.")
              .formatted(numericClass, numericClassNow));
    }
  }

  /**
   * Makes sure that a resumed run estimates latencies as it began.
   *
   * @throws RunException if the device profile is not the one the run began with
   */
  public void requireSameDevice(@Nullable String deviceHashNow) {
    if (!Objects.equals(deviceHash, deviceHashNow)) {
      throw new RunException(
          ("The device profile has changed since the run began: its hash is %s, it was %s."
                  + " Restore it, or start a new search.")
              .formatted(deviceHashNow, deviceHash));
    }
  }

  void write(Path file) {
    ObjectNode node = Json.object();
    node.put("format", RunDirectory.FORMAT);
    node.put("version", version);
    node.put("seed", seed);
    node.put("dataSet", dataSet);
    node.put("dataHash", dataHash);
    node.put("numericClass", numericClass);
    node.put("java", java);
    node.put("os", os);
    node.put("cpu", cpu);
    node.put("configDigest", configDigest);
    if (deviceHash != null) {
      node.put("deviceHash", deviceHash);
    }
    Durable.write(file, (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the file of a run.
   *
   * @throws RunException if it is none, or of another format
   */
  static Provenance read(Path file) {
    try {
      ObjectNode node = Json.parse(Files.readString(file));
      requireFormat(file, node);
      return new Provenance(
          Json.text(node, "version"),
          Json.whole(node, "seed"),
          Json.text(node, "dataSet"),
          Json.text(node, "dataHash"),
          Json.text(node, "numericClass"),
          Json.text(node, "java"),
          Json.text(node, "os"),
          Json.text(node, "cpu"),
          Json.text(node, "configDigest"),
          node.has("deviceHash") ? Json.text(node, "deviceHash") : null);
    } catch (IOException | IllegalArgumentException e) {
      throw new RunException(
          "%s is damaged (%s). Restore it from a copy, or start a new search."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static void requireFormat(Path file, JsonNode node) {
    long format = Json.whole(node, "format");
    if (format != RunDirectory.FORMAT) {
      throw new RunException(
          ("%s was written by Finch %s in run format %d, and this Finch reads format"
                  + " %d. Use that version of Finch.")
              .formatted(
                  file.resolveSibling(""),
                  node.path("version").asText("of another version"),
                  format,
                  RunDirectory.FORMAT));
    }
  }

  private static String cpuModel() {
    Path file = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      // No such file outside Linux: the architecture is all that Java says of the processor.
      return System.getProperty("os.arch");
    }
  }
}
