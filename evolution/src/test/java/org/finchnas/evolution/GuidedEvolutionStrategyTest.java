package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evolution.StrategySettings.Selection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuidedEvolutionStrategyTest extends SearchStrategyContract {

  @Override
  StrategySettings settings() {
    return StrategySettings.of("guided-evolution", 8, 3, Selection.PARETO, false);
  }

  /** With one objective the best may be evaluated again, to see how noisy results are. */
  @ParameterizedTest
  @EnumSource(Selection.class)
  void hardlyProposesANetworkTwice(Selection selection) {
    SearchStrategy strategy =
        SearchStrategies.create(
            StrategySettings.of("guided-evolution", 8, 3, selection, false),
            problem(List.of()),
            rungs(),
            1);
    List<Candidate> asked = new Search(strategy).run(60, 4).asked;
    long distinct =
        asked.stream().map(candidate -> candidate.architecture().id()).distinct().count();
    assertThat(distinct).isGreaterThanOrEqualTo(selection == Selection.PARETO ? 60 : 54);
  }
}
