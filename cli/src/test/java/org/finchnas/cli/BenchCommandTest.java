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
import org.finchnas.evolution.StrategySettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class BenchCommandTest {

  private final Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  BenchCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void writeTable() throws IOException {
    StringBuilder csv = new StringBuilder("arch,acc,flops\n");
    for (int i = 0; i < 64; i++) {
      csv.append("%d%d%d,%d,%d\n".formatted(i / 16, i / 4 % 4, i % 4, i * 7 % 64, i));
    }
    Files.writeString(folder.resolve("table.csv"), csv);
    Files.writeString(
        folder.resolve("table.yaml"),
        """
        data: table.csv
        architecture: arch
        tokens: "[0-9]"
        reported: acc
        costs: flops
        """);
  }

  private int bench(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("bench", "--table", folder.resolve("table.yaml").toString()));
    arguments.addAll(List.of(more));
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  @Test
  void answersProgramsWithOneStrategy() throws IOException {
    assertThat(bench("--strategy", "random", "--evaluations", "64,8", "--repeats", "5", "--json"))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("strategy").asText()).isEqualTo("random");
    assertThat(json.path("evaluations").toString()).isEqualTo("[8,64]");
    assertThat(json.path("meanRegret")).hasSize(2);
    assertThat(json.path("regretQuantiles").path("0.5")).hasSize(2);
    assertThat(json.path("hypervolumeShare").path(1).asDouble()).isEqualTo(1);
    assertThat(json.path("hypervolumeShare").path(0).asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void withoutAStrategyMeasuresFinchsOwn() throws IOException {
    assertThat(bench("--evaluations", "8", "--repeats", "2", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("strategy").asText())
        .isEqualTo(StrategySettings.DEFAULT);
  }

  @Test
  void severalStrategiesStandInOneTableAndAllInThePicture() throws IOException {
    Path svg = folder.resolve("chart.svg");
    assertThat(
            bench(
                "--strategy",
                "random",
                "--strategy",
                "local-search",
                "--evaluations",
                "8",
                "--repeats",
                "2",
                "--svg",
                svg.toString(),
                "--json"))
        .isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("strategies")).hasSize(2);
    String picture = Files.readString(svg);
    for (String name : StrategySettings.NAMES) {
      // A line in each of both panels.
      assertThat(picture.split("<title>" + name + "</title>", -1)).hasSize(3);
    }
  }

  @Test
  void peopleGetATable() {
    assertThat(bench("--strategy", "random", "--evaluations", "8", "--repeats", "2")).isZero();
    assertThat(out.toString())
        .contains("table: 64 architectures, best acc 63; 2 searches, lag 1")
        .contains("Mean regret")
        .contains("acc from 0, flops from 63");
  }

  @Test
  void mistakesEndWithTwo() {
    assertThat(bench("--strategy", "rondom")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean \"random\"?");
    assertThat(bench("--repeats", "0")).isEqualTo(2);
    assertThat(bench("--evaluations", "0")).isEqualTo(2);
    assertThat(bench("--data", folder.resolve("none.csv").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("There is no table");
    assertThat(bench("--set", "reported=accuracy")).isEqualTo(2);
    assertThat(err.toString()).contains("has no column \"accuracy\"").contains("acc");
    assertThat(bench("--set", "limits.flops=0.5", "--set", "tokens=x")).isEqualTo(2);
    assertThat(err.toString()).contains("tokens (x) finds 0 in architecture");
  }
}
