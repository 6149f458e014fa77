package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.finchnas.data.DataSets;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.ProfileFile;
import org.finchnas.searchspace.Blueprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search for accuracy and latency on a device, to its measured files. */
@Timeout(600)
final class LatencySearchIT {

  private static final Path PROFILE = Path.of("..", "configs", "devices", "pixel-1.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CONFIG =
      """
      data: {set: shapes, image: 8}
      space: {operations: [skip_connect, conv_3x3, avg_pool_3x3], blocks: 1, initialFilters: [8, 64]}
      strategy: {population: 3, sample: 2}
      fidelity: {epochs: 1, images: 100}
      training: {batch: 20, cropPadding: 1}
      budget: {evaluations: 4}
      execution: {slots: 1, lag: 2}
      device: phone.yaml
      objectives: [validationAccuracy, latencyMillis]
      constraints: {latencyMillis: %s}
      export: {models: 1}
      """;

  @TempDir private Path folder;

  @Test
  void estimatesBeforeTrainingAndMeasuresWhatItFound() throws Exception {
    Path profile = Files.copy(PROFILE, folder.resolve("phone.yaml"));
    DeviceProfile device = ProfileFile.read(profile);
    double limit = 1.5;
    Path config = Files.writeString(folder.resolve("search.yaml"), CONFIG.formatted(limit));
    Path run = folder.resolve("run");
    try (FinchProcess search =
        FinchProcess.start(
            folder, List.of(), "search", config.toString(), "--run", run.toString())) {
      assertThat(search.says("latencies estimated for pixel-1 (tflite, fp32, 1 thread)")).isTrue();
      assertThat(search.says("estimated for pixel-1 (tflite, fp32, 1 thread), measured on this"))
          .isTrue();
      assertThat(search.end()).as(search.errors()).isZero();
    }
    List<JsonNode> told = told(run);
    assertThat(told).hasSize(4);
    for (JsonNode line : told) {
      double estimate =
          device
              .estimate(
                  new Blueprint(
                          line.path("architecture").asText(),
                          Blueprint.of(line.path("architecture").asText()).image(),
                          classes(line))
                      .assemble())
              .millis();
      assertThat(line.path("latencyMillis").asDouble()).isEqualTo(estimate).isLessThan(limit);
    }
    assertThat(JSON.readTree(run.resolve("provenance.json").toFile()).path("deviceHash").asText())
        .isEqualTo(ProfileFile.hash(device));
    Files.writeString(profile, Files.readString(profile).replace("threads: 1", "threads: 2"));
    try (FinchProcess resumed = FinchProcess.start(folder, List.of(), "resume", run.toString())) {
      assertThat(resumed.end()).isEqualTo(Finch.BAD_INPUT);
      assertThat(resumed.errors()).contains("device profile has changed");
    }
  }

  /** Shapes that Finch draws are of ten kinds at most; the file that was exported knows. */
  private int classes(JsonNode line) throws IOException {
    assertThat(line.path("status").asText()).isEqualTo("completed");
    return DataSets.open("shapes", 8, folder.resolve("none"), folder.resolve("cache"))
        .labels()
        .size();
  }

  private static List<JsonNode> told(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("evaluations.jsonl"))) {
      List<JsonNode> nodes = new ArrayList<>();
      for (String line : lines.toList()) {
        nodes.add(JSON.readTree(line));
      }
      return nodes;
    }
  }
}
