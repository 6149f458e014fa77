package org.finchnas.evolution.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.StrategySettings.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyBenchmarkTest {

  private final Path folder;

  StrategyBenchmarkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static StrategySettings settings(String name) {
    return StrategySettings.of(name, 4, 2, Selection.PARETO, false);
  }

  private BenchmarkTable table(List<String> seen, Map<String, Double> limits) throws IOException {
    return BenchmarkTable.read(
        Tables.description(seen, List.of("size"), limits), Tables.write(folder, Tables.NINE));
  }

  private static BenchmarkResult measure(BenchmarkTable table, String strategy, BenchmarkParams p) {
    return new StrategyBenchmark(table, p).measure(settings(strategy), settings(strategy));
  }

  /** The expected best of n uniform draws with replacement from the nine accuracies. */
  @Test
  void randomRegretIsAsProbabilitySays() throws IOException {
    BenchmarkResult result =
        measure(
            table(List.of("acc"), Map.of()),
            "random",
            new BenchmarkParams(List.of(1, 3), 20_000, 1, 1, false));
    Curve regret = result.regret().at(List.of(1, 3));
    // Accuracies 0…4 occur 1, 2, 3, 2, 1 times in nine.
    double[] below = {0, 1 / 9.0, 3 / 9.0, 6 / 9.0, 8 / 9.0, 1};
    for (int i = 0; i < 2; i++) {
      int n = i == 0 ? 1 : 3;
      double expected = 0;
      for (int best = 0; best < 5; best++) {
        expected += (4 - best) * (Math.pow(below[best + 1], n) - Math.pow(below[best], n));
      }
      assertThat(regret.mean().get(i)).isCloseTo(expected, within(0.05));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "aging-evolution", "local-search"})
  void whoHasSeenAllHasTheWholeVolumeAndNoRegret(String strategy) throws IOException {
    BenchmarkResult result =
        measure(
            table(List.of("acc"), Map.of()),
            strategy,
            new BenchmarkParams(List.of(9), 5, 1, 1, false));
    Curve share = Objects.requireNonNull(result.hypervolumeShare()).at(List.of(9));
    assertThat(share.mean()).containsExactly(1.0);
    assertThat(share.lowerQuartile()).containsExactly(1.0);
  }

  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 5})
  void isAFunctionOfItsSeed(int lag) throws IOException {
    BenchmarkTable table = table(List.of("acc", "noisy"), Map.of());
    BenchmarkParams params = new BenchmarkParams(List.of(4, 8), 20, lag, 3, false);
    assertThat(measure(table, "aging-evolution", params))
        .isEqualTo(measure(table, "aging-evolution", params));
    assertThat(measure(table, "aging-evolution", params))
        .isNotEqualTo(
            measure(
                table, "aging-evolution", new BenchmarkParams(List.of(4, 8), 20, lag, 4, false)));
  }

  /**
   * Told the noisy column alone, in which c-a is best, a search that saw all names c-a: regret 2.
   */
  @Test
  void regretIsOfTheReportedColumnWhateverIsSeen() throws IOException {
    BenchmarkResult result =
        measure(
            table(List.of("noisy"), Map.of()),
            "local-search",
            new BenchmarkParams(List.of(9), 3, 1, 1, false));
    assertThat(result.regret().at(List.of(9)).mean()).containsExactly(2.0);
  }

  @Test
  void whatIsOutsideTheLimitsIsCountedAndNeverEvaluated() throws IOException {
    BenchmarkTable table = table(List.of("acc"), Map.of("size", 2.0));
    BenchmarkParams params = new BenchmarkParams(List.of(2), 50, 1, 1, false);
    BenchmarkResult result = measure(table, "random", params);
    assertThat(result.infeasible()).isPositive();
    TabularSearch search =
        new TabularSearch(
            table, settings("random"), List.of(table.description().quality()), params, 1);
    for (int i = 0; i < 20; i++) {
      search.step();
    }
    assertThat(search.distinct()).isEqualTo(2);
  }

  /** A full evaluation costs 1, the cheap one 0.25, and a promotion pays what is missing to 1. */
  @Test
  void rungsArePaidByTheirShare() {
    TabularRungs rungs =
        new TabularRungs(List.of(new TableDescription.CheaperFidelity("noisy", 0.25)));
    assertThat(rungs.price(0, false)).isEqualTo(0.25);
    assertThat(rungs.price(1, true)).isEqualTo(0.75);
    assertThat(new TabularRungs(List.of()).price(0, false)).isEqualTo(1);
  }

  @Test
  void quartilesAreInterpolated() {
    Curve curve =
        Curve.of(
            List.of(10),
            List.of(new double[] {4}, new double[] {1}, new double[] {2}, new double[] {3}));
    assertThat(curve.mean()).containsExactly(2.5);
    assertThat(curve.lowerQuartile()).containsExactly(1.75);
    assertThat(curve.median()).containsExactly(2.5);
    assertThat(curve.upperQuartile()).containsExactly(3.25);
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    assertThatThrownBy(() -> new BenchmarkParams(List.of(), 1, 1, 1, false))
        .hasMessageContaining("evaluations");
    assertThatThrownBy(() -> new BenchmarkParams(List.of(1), 0, 1, 1, false))
        .hasMessageContaining("repeats (0)");
  }
}
