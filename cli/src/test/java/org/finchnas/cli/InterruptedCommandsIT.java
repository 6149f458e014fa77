package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole command with real trainings, stopped, killed and cut off; then it goes on. */
@Timeout(600)
final class InterruptedCommandsIT {

  private static final int EVALUATIONS = 6;
  private static final int KILLS = 4;
  private static final int TERMINATED = 128 + 15;
  static final String CONFIG =
      """
      data: {set: shapes, image: 8}
      space: {operations: [skip_connect, conv_3x3, avg_pool_3x3], blocks: 1, initialFilters: [8, 12]}
      strategy: {population: 3, sample: 2}
      fidelity: {epochs: 2, images: 200}
      training: {batch: 20, cropPadding: 1}
      budget: {evaluations: %d}
      execution: {slots: 2, lag: 3, retries: 9}
      export: {models: 0}
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path config;
  private static List<ObjectNode> undisturbed;

  /** Stopped while its slots start, the same command begins anew. */
  @BeforeAll
  static void searchUndisturbed() throws Exception {
    config = Files.writeString(folder.resolve("tiny.yaml"), CONFIG.formatted(EVALUATIONS));
    Path run = folder.resolve("undisturbed");
    try (FinchProcess search = search(run)) {
      assertThat(search.says("Finch ")).isTrue();
      assertThat(search.stop()).isEqualTo(TERMINATED);
      assertThat(search.errors()).contains("Stopped before the search began");
    }
    try (FinchProcess search = search(run)) {
      assertThat(search.end()).as(search.errors()).isZero();
    }
    undisturbed = log(run);
    assertThat(undisturbed).hasSize(EVALUATIONS);
    assertThat(undisturbed).allMatch(line -> line.get("status").asText().equals("completed"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 20_261_124)
  void isTheSameSearchHoweverOftenItIsKilled(long seed) throws Exception {
    Path run = folder.resolve("killed");
    Random random = new Random(seed);
    int kills = 0;
    for (int attempt = 0; attempt < KILLS; attempt++) {
      try (FinchProcess search = begunOrResumed(run)) {
        boolean runs = search.says("images to train");
        for (int told = random.nextInt(2); runs && told > 0; told--) {
          runs = search.says("/" + EVALUATIONS);
        }
        if (runs && search.runsAfter(random.nextInt(700))) {
          killSlotOrSearch(search, kills++ % 2 == 0);
        }
      }
    }
    assertThat(kills).as("killed before it was over").isPositive();
    try (FinchProcess search = resume(run)) {
      assertThat(search.end()).as(search.errors()).isZero();
    }

    assertThat(log(run)).isEqualTo(undisturbed);
  }

  /** A slot first, where asked for: then the search goes on for a while without it. */
  private static void killSlotOrSearch(FinchProcess search, boolean slotFirst) throws Exception {
    if (slotFirst) {
      search.slots().stream().findFirst().ifPresent(ProcessHandle::destroyForcibly);
      search.says("/" + EVALUATIONS);
    }
    search.kill();
  }

  @Test
  void aStoppedSearchSaysHowToGoOnAndDoes() throws Exception {
    Path run = folder.resolve("stopped");
    try (FinchProcess search = search(run)) {
      assertThat(search.says("/" + EVALUATIONS)).isTrue();
      assertThat(search.stop()).isEqualTo(TERMINATED);
    }
    try (FinchProcess search = resume(run)) {
      assertThat(search.says("Finch ")).isTrue();
      assertThat(search.stop()).isEqualTo(TERMINATED);
      assertThat(search.errors()).contains("Go on with it: finch resume " + run);
    }
    try (FinchProcess search = resume(run)) {
      assertThat(search.end()).as(search.errors()).isZero();
    }

    assertThat(log(run)).isEqualTo(undisturbed);
  }

  @Test
  void aFullDiskStopsTheSearchAndFailsNoCandidate() throws Exception {
    Path run = folder.resolve("full");
    // The shell limits the size of a file, for root as for all: to less than any weights take.
    List<String> limited = List.of("/bin/sh", "-c", "ulimit -f 24; exec \"$@\"", "limited");
    try (FinchProcess search =
        FinchProcess.start(folder, limited, "search", config.toString(), "--run", run.toString())) {
      assertThat(search.end()).isEqualTo(Finch.FAILED);
      assertThat(search.errors())
          .contains("Weights cannot be written into")
          .contains("Make room on that disk")
          .contains("resume the run");
    }
    assertThat(log(run)).isEmpty();
    try (FinchProcess search = resume(run)) {
      assertThat(search.end()).as(search.errors()).isZero();
    }

    assertThat(log(run)).isEqualTo(undisturbed);
  }

  @Test
  void aBaselineWhoseMachineFailsIsToldAndTriedAgain() throws Exception {
    Path run = folder.resolve("baseline");
    String[] command = {
      "search",
      config.toString(),
      "--run",
      run.toString(),
      "--set",
      "baselines=[resnet-18]",
      "--set",
      "execution.retries=0",
      "--set",
      "fidelity.epochs=20",
      "--set",
      "budget.evaluations=2"
    };
    try (FinchProcess search = FinchProcess.start(folder, List.of(), command)) {
      assertThat(search.says("Training what the search is compared with: resnet-18")).isTrue();
      while (search.runsAfter(400)) {
        search.slots().forEach(ProcessHandle::destroyForcibly);
      }
      assertThat(search.end()).isEqualTo(Finch.FAILED);
      assertThat(search.errors())
          .contains("resnet-18 failed (machine)")
          .contains("It is tried again when the run is resumed: finch resume " + run);
    }
    List<ObjectNode> searched = log(run);
    assertThat(searched).hasSize(2);
    try (FinchProcess search = resume(run)) {
      assertThat(search.says("Training what the search is compared with: resnet-18")).isTrue();
      assertThat(search.stop()).isEqualTo(TERMINATED);
    }
    assertThat(log(run)).isEqualTo(searched);
  }

  @Test
  void aSearchKilledWhileItTrainsItsBestForUseTrainsThemWhenResumed() throws Exception {
    Path run = folder.resolve("final");
    String[] command = {
      "search",
      config.toString(),
      "--run",
      run.toString(),
      "--set",
      "budget.evaluations=2",
      "--set",
      "export.models=1",
      "--set",
      "final.epochs=5"
    };
    try (FinchProcess search = FinchProcess.start(folder, List.of(), command)) {
      assertThat(search.says("Training for use, 5 epochs each")).isTrue();
      search.kill();
    }
    List<ObjectNode> searched = log(run);
    assertThat(searched).hasSize(2);
    assertThat(run.resolve("models")).isEmptyDirectory();
    try (FinchProcess search = resume(run)) {
      assertThat(search.says("Exported (no choice was made by test images):")).isTrue();
      assertThat(search.end()).as(search.errors()).isZero();
    }
    assertThat(log(run)).isEqualTo(searched);
    JsonNode model = JSON.readTree(only(run.resolve("models")).resolve("model.json").toFile());
    assertThat(model.at("/fidelity/epochs").asInt()).isEqualTo(5);
    assertThat(model.path("testAccuracy").asDouble()).isBetween(0.0, 1.0);
    JsonNode recorded = JSON.readTree(only(run.resolve("final")).toFile());
    assertThat(recorded.path("weights")).isEqualTo(model.path("weights"));
    assertThat(recorded.path("curve")).hasSize(5);
    try (FinchProcess search = resume(run)) {
      assertThat(search.says("nothing left to train")).isTrue();
      assertThat(search.end()).as(search.errors()).isZero();
    }
    try (FinchProcess search =
        FinchProcess.start(folder, List.of(), "resume", run.toString(), "--json")) {
      JsonNode answer = JSON.readTree(search.line());
      assertThat(Path.of(answer.path("report").asText())).isNotEmptyFile();
      assertThat(answer.path("models")).hasSize(1);
    }
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.reduce(
              (a, b) -> {
                throw new AssertionError(a + " and " + b);
              })
          .orElseThrow();
    }
  }

  @Test
  void aStoppedTrainingGoesOnWithTheSameCommand() throws Exception {
    Path model = folder.resolve("model");
    try (FinchProcess train = train(model)) {
      assertThat(train.says("epoch 3/")).isTrue();
      assertThat(train.stop()).isEqualTo(TERMINATED);
      assertThat(train.errors()).contains("goes on after the last saved epoch");
    }
    try (FinchProcess train = train(model)) {
      assertThat(train.says("Going on from a checkpoint after epoch ")).isTrue();
      assertThat(train.end()).as(train.errors()).isZero();
    }

    try (Stream<Path> files = Files.list(model)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "checkpoints",
              "model.json",
              "model.safetensors",
              "model.zip",
              "model.onnx",
              "model.onnx.json");
    }
    assertThat(model.resolve("checkpoints")).isEmptyDirectory();
    try (FinchProcess train = train(model)) {
      assertThat(train.end()).as("a model is not replaced unasked").isEqualTo(Finch.BAD_INPUT);
      assertThat(train.errors()).contains("a trained model").contains("--force");
    }
  }

  private static FinchProcess train(Path model) throws IOException {
    return FinchProcess.start(
        folder,
        List.of(),
        "train",
        "mobilenet-v2@0.1",
        "--data=shapes",
        "--image=8",
        "--images=200",
        "--batch=20",
        "--epochs=40",
        "--out=" + model);
  }

  private static FinchProcess begunOrResumed(Path run) throws IOException {
    return Files.exists(run.resolve("provenance.json")) ? resume(run) : search(run);
  }

  private static FinchProcess search(Path run) throws IOException {
    return FinchProcess.start(
        folder, List.of(), "search", config.toString(), "--run", run.toString());
  }

  private static FinchProcess resume(Path run) throws IOException {
    return FinchProcess.start(folder, List.of(), "resume", run.toString());
  }

  /** What must be equal in equal searches. */
  static List<ObjectNode> log(Path run) throws IOException {
    return Files.readAllLines(run.resolve("evaluations.jsonl")).stream()
        .map(line -> parse(line).<ObjectNode>without(List.of("where", "when")))
        .toList();
  }

  private static ObjectNode parse(String line) {
    try {
      return (ObjectNode) JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
