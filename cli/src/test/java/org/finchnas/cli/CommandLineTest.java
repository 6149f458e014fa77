package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int finch(String... arguments) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "nasnet-a-mobile,    5289978, 563638816, 224, 1000",
    "amoebanet-a-mobile, 5088162, 555500996, 224, 1000",
    "nasnet-a-cifar,     3346538, 544333312,  32,   10",
  })
  void describesPublishedNetworksExactly(
      String name, long params, long macs, int image, int classes) throws IOException {
    assertThat(finch("describe", name, "--json")).isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("name").asText()).isEqualTo(name);
    assertThat(json.path("params").asLong()).isEqualTo(params);
    assertThat(json.path("macs").asLong()).isEqualTo(macs);
    assertThat(json.path("image").asInt()).isEqualTo(image);
    assertThat(json.path("classes").asInt()).isEqualTo(classes);
  }

  @Test
  void describesForOtherImagesAndClasses() throws IOException {
    assertThat(finch("describe", "mobilenet-v2", "--image", "96", "--classes", "7", "--json"))
        .isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    // The classifier alone changes: 1280 weights and a bias for each of 993 classes fewer.
    assertThat(json.path("params").asLong()).isEqualTo(3_504_872 - 993 * 1281);
    assertThat(json.path("image").asInt()).isEqualTo(96);
  }

  @ParameterizedTest
  @CsvSource({"darts-v2, Normal cell", "mobilenet-v2@0.35, Stage 7"})
  void drawsCellsOrStages(String name, String text, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("network.svg");

    assertThat(finch("describe", name, "--svg", file.toString())).isZero();
    assertThat(file).content().startsWith("<svg").contains(text);
  }

  @Test
  void suggestsANearName() {
    assertThat(finch("describe", "nasnet-a-moble")).isEqualTo(2);
    assertThat(err.toString()).contains("nasnet-a-mobile").doesNotContain("\tat ");
  }

  @Test
  void showsAStackTraceOnlyWhenAsked() {
    assertThat(finch("describe", "nasnet-a-moble", "--verbose")).isEqualTo(2);
    assertThat(err.toString()).contains("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search",
        "resume",
        "status",
        "pareto",
        "describe",
        "train",
        "export",
        "verify",
        "datasets",
        "devices",
        "latency",
        "profile",
        "profile kit",
        "profile fit",
        "cluster",
        "cluster keys"
      })
  void everyCommandHasHelp(String command) {
    assertThat(finch((command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: finch " + command);
  }

  @Test
  void noCommandIsBadUsage() {
    assertThat(finch()).isEqualTo(2);
    assertThat(err.toString()).contains("finch --help");
  }

  @Test
  void tellsAllProblemsOfAConfiguration(@TempDir Path folder) throws IOException {
    Path config = folder.resolve("bad.yaml");
    Files.writeString(config, "sed: 1\nbudget: {evaluations: none}\nspace: {blocks: 0}\n");

    assertThat(finch("search", config.toString(), "--run", folder.resolve("run").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("seed").contains("budget.evaluations").contains("blocks");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "pareto", "resume"})
  void aFolderWithoutARunIsBadInput(String command, @TempDir Path folder) {
    assertThat(finch(command, folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no run").contains("finch search");
  }

  @Test
  void aFileWithoutAnArchitectureIsBadInput(@TempDir Path folder) throws IOException {
    Path binary = Files.write(folder.resolve("model.bin"), new byte[] {(byte) 0xff, 0x00, 0x10});
    Path yaml = Files.writeString(folder.resolve("search.yaml"), "seed: 1\nname: a\n");
    Path torn = Files.writeString(folder.resolve("torn.safetensors"), "abcd");

    for (Path file : List.of(binary, yaml, torn)) {
      assertThat(finch("describe", file.toString())).isEqualTo(2);
      assertThat(err.toString()).contains(file + " is no ").doesNotContain("seed: 1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train mobilenet-v2@0.1 --epochs 0, --epochs (0) must be at least 1",
    "train mobilenet-v2@0.1 --batch -1, --batch (-1) must be at least 1",
    "train mobilenet-v2@0.1 --image 0, --image (0) must be from 1",
    "describe mobilenet-v2 --image 2147483647, --image (2147483647) must be from 1",
    "describe no/such.file, There is no file no/such.file",
    "describe nasnet-a-mobile --svg no/such/cells.svg, There is no folder",
    "describe nasnet-a-mobile --svg ., is a folder",
  })
  void badArgumentsAreNamed(String command, String message) {
    assertThat(finch(command.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).as("no answer before the error").isEmpty();
  }

  @Test
  void commandsToPasteAreQuoted() {
    assertThat(Places.command("resume", "results/a-1", "b c#2", "it's"))
        .isEqualTo("finch resume results/a-1 'b c#2' 'it'\\''s'");
  }

  /** No address is asked: the mirror is a folder that is not there. */
  @ParameterizedTest
  @ValueSource(strings = {"train", "search", "datasets"})
  void whatIsMissingIsFetchedFromWhereItIsSaid(String command, @TempDir Path folder)
      throws IOException {
    Path config = folder.resolve("search.yaml");
    Files.writeString(config, "data: {set: mnist, image: 28}\n");
    Path mirror = folder.resolve("mirror");
    List<String> words =
        switch (command) {
          case "train" ->
              List.of("train", "lenet", "--data", "mnist", "--out", folder.resolve("o").toString());
          case "search" ->
              List.of("search", config.toString(), "--run", folder.resolve("run").toString());
          default -> List.of("datasets", "--fetch", "mnist");
        };
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--data-dir", folder.resolve("data").toString()));
    all.addAll(List.of("--data-url", mirror.toUri().toString()));
    assertThat(finch(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString())
        .contains("mirror/train-images-idx3-ubyte.gz cannot be fetched")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aDataSetThatNobodyPublishedIsNotFetched() {
    assertThat(finch("datasets", "--fetch", "shapes")).isEqualTo(2);
    assertThat(err.toString()).contains("shapes").contains("There are cifar10, cifar100, mnist");
  }

  @Test
  void workersWithoutMemoryForThemAreRefused(@TempDir Path folder) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("large.yaml"), "execution: {memoryPerSlot: %d}".formatted(1L << 50));
    String run = folder.resolve("run").toString();
    assertThat(
            finch(
                "cluster",
                "local",
                config.toString(),
                "--workers=2",
                "--backend=cpu",
                "--run",
                run))
        .isEqualTo(Finch.BAD_INPUT);
    assertThat(err.toString())
        .contains("--workers (2) are more than this machine has memory for")
        .contains("Choose fewer workers");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
