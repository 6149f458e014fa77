package org.finchnas.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Direction;
import org.finchnas.evolution.tabular.TableDescription;
import org.finchnas.evolution.tabular.TableDescription.CheaperFidelity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkConfigTest {

  private final Path folder;

  BenchmarkConfigTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private BenchmarkConfig read(String yaml, String... overrides) throws IOException {
    return BenchmarkConfig.read(
        Files.writeString(folder.resolve("bench.yaml"), yaml), List.of(overrides));
  }

  private List<String> problems(String yaml, String... overrides) {
    return catchThrowableOfType(ConfigException.class, () -> read(yaml, overrides))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static final String LEAST = "architecture: arch\ntokens: \"[0-9]\"\nreported: acc\n";

  @Test
  void whatIsLeftOutHasADefault() throws IOException {
    BenchmarkConfig config = read(LEAST);
    TableDescription table = config.table();
    assertThat(config.data()).isNull();
    assertThat(table.name()).isEqualTo("bench");
    assertThat(table.seen()).containsExactly("acc");
    assertThat(table.direction()).isEqualTo(Direction.MAXIMIZE);
    assertThat(table.costs()).isEmpty();
    assertThat(table.hypervolumeCosts()).isEmpty();
    assertThat(table.fidelities()).isEmpty();
    assertThat(read(LEAST + "costs: [flops, params]").table().hypervolumeCosts())
        .containsExactly("flops");
  }

  @Test
  void everySettingIsRead() throws IOException {
    BenchmarkConfig config =
        read(
            """
            name: full
            data: rows.csv
            architecture: arch
            tokens: "[a-z]+"
            reported: error
            seen: [run1, run2]
            direction: minimize
            costs: [flops, params]
            hypervolume:
              costs: [flops, params]
              reference: {error: 20, params: 1e6}
            limits: {params: 500000}
            fidelities:
              - {column: error_4, cost: 0.1}
              - {column: error_12, cost: 0.3}
            """);
    TableDescription table = config.table();
    assertThat(config.data()).isEqualTo(folder.toAbsolutePath().resolve("rows.csv"));
    assertThat(table.token().pattern()).isEqualTo("[a-z]+");
    assertThat(table.seen()).containsExactly("run1", "run2");
    assertThat(table.quality().direction()).isEqualTo(Direction.MINIMIZE);
    assertThat(table.hypervolumeObjectives()).hasSize(3);
    assertThat(table.reference()).isEqualTo(Map.of("error", 20.0, "params", 1e6));
    assertThat(table.limits()).isEqualTo(Map.of("params", 500_000.0));
    assertThat(table.fidelities())
        .containsExactly(new CheaperFidelity("error_4", 0.1), new CheaperFidelity("error_12", 0.3));
  }

  @Test
  void theCommandLineWins() throws IOException {
    assertThat(read(LEAST + "seen: acc", "seen=[run1, run2]").table().seen())
        .containsExactly("run1", "run2");
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    assertThat(
            problems(
                "tokens: \"[\"\nreported: acc\ndirection: up\nsen: acc\nfidelities: [{cost: 2}]"))
        .hasSize(6)
        .anyMatch(each -> each.contains("architecture must be set"))
        .anyMatch(each -> each.contains("tokens ([) must be a regular expression"))
        .anyMatch(each -> each.contains("direction (up) must be one of"))
        .anyMatch(each -> each.contains("sen is no setting. Did you mean \"seen\"?"))
        .anyMatch(each -> each.contains("fidelities.1.column must be set"))
        .anyMatch(each -> each.contains("fidelities.1.cost (2) must be"));
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThat(problems(LEAST + "hypervolume: {costs: flops}"))
        .singleElement()
        .asString()
        .contains("hypervolume.costs (flops) must be among []");
    assertThat(problems(LEAST + "costs: flops\nlimits: {size: 3}"))
        .singleElement()
        .asString()
        .contains("limits.size is no setting");
    assertThat(problems(LEAST + "fidelities: [{column: a, cost: 0.5}, {column: b, cost: 0.2}]"))
        .singleElement()
        .asString()
        .contains("must cost more from one to the next");
  }

  @Test
  void aMissingFileIsAProblem() {
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () -> BenchmarkConfig.read(folder.resolve("none.yaml"), List.of()))
                .getMessage())
        .contains("There is no such file");
  }
}
