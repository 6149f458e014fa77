package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.ignite.Endpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster's commands as processes of this machine, with real trainings. */
@Timeout(240)
final class ClusterCommandsIT {

  private static final int EVALUATIONS = 6;
  private static final int TERMINATED = 128 + 15;

  /** oneDNN's code for old processors, which rounds differently. */
  private static final Map<String, String> OTHER_CLASS = Map.of("DNNL_MAX_CPU_ISA", "SSE41");

  @TempDir private static Path folder;
  private static Path config;
  private static List<?> alone;

  @BeforeAll
  static void searchAlone() throws Exception {
    config =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            InterruptedCommandsIT.CONFIG.formatted(EVALUATIONS)
                + "baselines: [mlp, mobilenet-v2@0.35]\n");
    Path run = folder.resolve("alone");
    try (FinchProcess search = finch("search", config.toString(), "--run", run.toString())) {
      assertThat(search.end()).as(search.errors()).isZero();
    }
    alone = InterruptedCommandsIT.log(run);
    assertThat(alone).hasSize(EVALUATIONS);
  }

  private static FinchProcess finch(String... arguments) throws IOException {
    return FinchProcess.start(folder, List.of(), arguments);
  }

  private static FinchProcess local(Path run) throws IOException {
    return finch(
        "cluster", "local", config.toString(), "--workers=2", "--slots=1", "--run", run.toString());
  }

  private static FinchProcess cluster(Path run, Endpoint endpoint, String... more)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("search", config.toString(), "--run", run.toString(), "--cluster"));
    words.add("--port=" + endpoint.port());
    words.addAll(List.of(more));
    return finch(words.toArray(String[]::new));
  }

  private static String[] worker(Endpoint endpoint, String name) {
    Path directory = folder.resolve(name + "-" + endpoint.port());
    return new String[] {
      "worker", "--join=" + endpoint, "--slots=1", "--name=" + name, "--dir=" + directory
    };
  }

  @Test
  void aLocalClusterFindsWhatOneProcessFinds() throws Exception {
    Path run = folder.resolve("local");
    List<ProcessHandle> workers;
    try (FinchProcess search = local(run)) {
      assertThat(search.says("images to train")).isTrue();
      workers = search.children();
      assertThat(search.end()).as(search.errors()).isZero();
    }
    assertThat(workers).isNotEmpty();
    requireGone(workers);
    assertThat(InterruptedCommandsIT.log(run)).isEqualTo(alone);
    for (String name : List.of("mlp", "mobilenet-v2@0.35")) {
      JsonNode baseline = baseline(run, name);
      assertThat(baseline.get("status").asText()).isEqualTo("completed");
      assertThat(baseline).isEqualTo(baseline(folder.resolve("alone"), name));
    }
  }

  private static JsonNode baseline(Path run, String name) throws IOException {
    Path file = run.resolve("baselines").resolve(name + ".json");
    ObjectNode baseline = (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
    baseline.remove(List.of("where", "when"));
    return baseline;
  }

  @Test
  void aStoppedLocalClusterLeavesNoProcessAndGoesOn() throws Exception {
    Path run = folder.resolve("stopped");
    List<ProcessHandle> workers;
    try (FinchProcess search = local(run)) {
      assertThat(search.says("/" + EVALUATIONS)).isTrue();
      workers = search.descendants();
      assertThat(search.stop()).isEqualTo(TERMINATED);
    }
    assertThat(workers).hasSizeGreaterThan(2);
    requireGone(workers);
    try (FinchProcess search = finch("resume", run.toString())) {
      assertThat(search.end()).as(search.errors()).isZero();
    }
    assertThat(InterruptedCommandsIT.log(run)).isEqualTo(alone);
  }

  private static void requireGone(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void aLocalClusterWhoseWorkersCannotTakePartSaysWhy() throws Exception {
    Path run = Files.createDirectories(folder.resolve("deserted"));
    Files.createFile(run.resolve(".lock"));
    for (int i = 1; i <= 2; i++) {
      Path other = Files.createDirectories(run.resolve("cluster/worker-" + i));
      Files.writeString(other.resolve("thesis.tex"), "in the way");
    }
    try (FinchProcess search = local(run)) {
      assertThat(search.end()).isEqualTo(Finch.BAD_INPUT);
      assertThat(search.errors()).contains("No worker could take part", "holds other files");
    }
  }

  @Test
  void whoComputesOtherwiseIsSentAwayAndTheSearchGoesOnWithTheRest() throws Exception {
    Endpoint endpoint = Endpoint.free("127.0.0.1");
    Path run = folder.resolve("classes");
    try (FinchProcess search = cluster(run, endpoint);
        FinchProcess first = finch(worker(endpoint, "first"))) {
      assertThat(search.says("/" + EVALUATIONS)).isTrue();
      assertThat(search.stop()).isEqualTo(TERMINATED);
      assertThat(first.stop()).isEqualTo(TERMINATED);
    }
    try (FinchProcess search = resumed(run, endpoint)) {
      try (FinchProcess other =
          FinchProcess.start(folder, List.of(), OTHER_CLASS, worker(endpoint, "other"))) {
        assertThat(other.end()).isEqualTo(Finch.BAD_INPUT);
        assertThat(other.errors()).contains("results would not agree", "--mixed");
      }
      try (FinchProcess first = finch(worker(endpoint, "first"))) {
        assertThat(search.end()).as(search.errors()).isZero();
        assertThat(search.errors()).contains("Worker other", "was sent away");
        assertThat(first.stop()).isEqualTo(TERMINATED);
      }
    }
    assertThat(InterruptedCommandsIT.log(run)).isEqualTo(alone);
  }

  @Test
  void aMixedSearchTakesAllAndRecordsWhatComputedWhat() throws Exception {
    Endpoint endpoint = Endpoint.free("127.0.0.1");
    Path run = folder.resolve("mixed");
    try (FinchProcess search = cluster(run, endpoint, "--mixed");
        FinchProcess other =
            FinchProcess.start(folder, List.of(), OTHER_CLASS, worker(endpoint, "other"))) {
      assertThat(search.says("/" + EVALUATIONS)).isTrue();
      assertThat(search.stop()).isEqualTo(TERMINATED);
      assertThat(other.stop()).isEqualTo(TERMINATED);
    }
    try (FinchProcess search = resumed(run, endpoint);
        FinchProcess first = finch(worker(endpoint, "first"))) {
      assertThat(search.end()).as(search.errors()).isZero();
      assertThat(first.stop()).isEqualTo(TERMINATED);
    }
    List<String> classes = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("evaluations.jsonl"))) {
      if (!line.contains("\"duplicateOf\"")) {
        assertThat(line).contains("\"numericClass\":\"");
        classes.add(line.replaceAll(".*\"numericClass\":\"([^\"]*)\".*", "$1"));
      }
    }
    assertThat(classes.stream().distinct()).hasSize(2);
  }

  private static FinchProcess resumed(Path run, Endpoint endpoint) throws IOException {
    return finch("resume", run.toString(), "--cluster", "--port=" + endpoint.port());
  }

  @Test
  void strangersAndMistakesAreNamed() throws Exception {
    Endpoint endpoint = Endpoint.free("127.0.0.1");
    try (FinchProcess search = cluster(folder.resolve("one"), endpoint)) {
      assertThat(search.says("Listening at")).isTrue();
      try (FinchProcess second = cluster(folder.resolve("two"), endpoint)) {
        assertThat(second.end()).isEqualTo(Finch.BAD_INPUT);
        assertThat(second.errors()).contains("Port " + endpoint.port(), "--port");
      }
      try (FinchProcess stranger =
          FinchProcess.start(
              folder,
              List.of(),
              Map.of("FINCH_CLUSTER_TOKEN", "guessed"),
              worker(endpoint, "stranger"))) {
        assertThat(stranger.end()).isEqualTo(Finch.BAD_INPUT);
        assertThat(stranger.errors()).contains("token is another", "FINCH_CLUSTER_TOKEN");
      }
      assertThat(search.errors()).contains("execution.slots (2) starts no slots with --cluster");
      assertThat(search.stop()).isEqualTo(TERMINATED);
    }
    try (FinchProcess insecure =
        finch("search", config.toString(), "--cluster", "--bind=0.0.0.0", "--insecure")) {
      assertThat(insecure.end()).isEqualTo(Finch.BAD_INPUT);
      assertThat(insecure.errors()).contains("FINCH_CLUSTER_TOKEN", "--keys");
    }
    try (FinchProcess backend = finch("search", config.toString(), "--cluster", "--backend=cpu")) {
      assertThat(backend.end()).isEqualTo(Finch.BAD_INPUT);
      assertThat(backend.errors()).contains("finch worker");
    }
  }
}
