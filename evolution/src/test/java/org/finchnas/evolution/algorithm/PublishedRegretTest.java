package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mean regret on NAS-Bench-Macro against figures computed by an independent implementation of the
 * same algorithms (200 runs; repeats count as evaluations).
 */
class PublishedRegretTest {

  private static final int RUNS = 200;

  private static MacroTable table = new MacroTable(Map.of());

  @BeforeAll
  static void readTable() throws IOException {
    String folder = System.getenv("FINCH_DATA");
    assumeTrue(folder != null, "FINCH_DATA is not set: the benchmark table is not here");
    Path csv = Path.of(folder, "nasbench_macro_cifar10.csv.gz");
    assumeTrue(Files.exists(csv), () -> csv + " is not here");
    table = MacroTable.read(csv);
  }

  @Test
  void agingEvolution() {
    double[] regret = meanRegret(PublishedRegretTest::agingEvolution, 150);
    assertThat(regret[100 - 1]).isCloseTo(0.046, within(0.02));
    assertThat(regret[150 - 1]).isCloseTo(0.017, within(0.01));
  }

  @Test
  void randomSearch() {
    double[] regret = meanRegret(seed -> new RandomSearch<>(variation(seed)), 150);
    assertThat(regret[150 - 1]).isCloseTo(0.217, within(0.03));
  }

  @Test
  void localSearch() {
    List<Objective> accuracy = List.of(Objective.VALIDATION_ACCURACY);
    double[] regret =
        meanRegret(
            seed -> new LocalSearch<>(Foreknown.problem(MacroTable.SPACE, accuracy, seed), 1), 150);
    assertThat(regret[50 - 1]).isCloseTo(0.055, within(0.02));
    assertThat(regret[100 - 1]).isCloseTo(0.025, within(0.01));
    assertThat(regret[150 - 1]).isCloseTo(0.016, within(0.008));
  }

  private static Algorithm<String> agingEvolution(long seed) {
    return new AgingEvolution<>(
        new AgingEvolution.Params(20, 5),
        variation(seed),
        Fitness.first(Objective.VALIDATION_ACCURACY),
        architecture -> true);
  }

  private static Variation<String> variation(long seed) {
    return new JeneticsVariation<>(MacroTable.SPACE, seed);
  }

  /** By the number of evaluations less one, in percentage points. */
  private static double[] meanRegret(LongFunction<Algorithm<String>> algorithm, int evaluations) {
    double[] sum = new double[evaluations];
    double best = table.best();
    for (int run = 0; run < RUNS; run++) {
      Algorithm<String> search = algorithm.apply(run);
      double incumbent = 0;
      for (int i = 0; i < evaluations; i++) {
        String asked = search.ask().orElseThrow().architecture();
        double accuracy = table.accuracy(asked);
        search.tell(new Individual<>(i, asked, List.of(accuracy)));
        incumbent = Math.max(incumbent, accuracy);
        sum[i] += (best - incumbent) / RUNS;
      }
    }
    return sum;
  }
}
