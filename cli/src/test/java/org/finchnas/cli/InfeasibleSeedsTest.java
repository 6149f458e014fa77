package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.evaluation.NetworkCostModel;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfeasibleSeedsTest {

  @TempDir Path folder;

  private List<String> warnings(String constraints) throws IOException {
    Path file = folder.resolve("search.yaml");
    Files.writeString(
        file,
        String.join(
            "\n",
            "name: seeds",
            "data: {image: 16}",
            "space: {operations: nasnet, blocks: 5, cellsPerStack: [1], initialFilters: [8]}",
            "initial: [nasnet-a, amoebanet-a]",
            constraints,
            ""));
    SearchConfig config = SearchConfigReader.read(file, List.of());
    return new InfeasibleSeeds(config, new NetworkCostModel(new Shape(3, 16, 16), 10)).warnings();
  }

  @Test
  void seedsWithinTheLimitsNeedNoWords() throws IOException {
    assertThat(warnings("constraints: {params: 100_000_000}")).isEmpty();
    assertThat(warnings("")).isEmpty();
  }

  @Test
  void eachSeedIsNamedWithAllThatItBreaks() throws IOException {
    List<String> warnings = warnings("constraints: {params: 1_000, macs: 2_000}");
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0))
        .startsWith("initial (nasnet-a) is not trained: its ")
        .contains("params are ")
        .contains("constraints allow 1.00 k")
        .contains("macs are ")
        .contains("constraints allow 2.00 k");
    assertThat(warnings.get(1)).startsWith("initial (amoebanet-a)");
  }
}
