package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.evolution.StrategySettings.Selection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RungsStrategyTest extends SearchStrategyContract {

  private static final Rungs RUNGS =
      new Rungs(2, List.of(new Fidelity(1, 50, 0), new Fidelity(2, 50, 0), new Fidelity(4, 0, 0)));

  @Override
  StrategySettings settings() {
    return StrategySettings.of("aging-evolution", 8, 3, Selection.PARETO, true);
  }

  @Override
  Rungs rungs() {
    return RUNGS;
  }

  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 4, 16})
  void everyStartIsAResultThatWasToldBefore(int lag) {
    List<Candidate> asked = new Search(create(11)).run(120, lag).asked;
    Set<Integer> promoted = new HashSet<>();
    for (Candidate candidate : asked) {
      Start start = candidate.start();
      if (start == null) {
        assertThat(candidate.fidelity()).isEqualTo(RUNGS.fidelities().get(0));
        continue;
      }
      assertThat(start.number()).isLessThanOrEqualTo(candidate.number() - lag);
      Candidate from = asked.get(start.number());
      assertThat(weights(from)).isEqualTo(start.weights());
      if (start.kind() == Start.Kind.CONTINUED) {
        assertThat(promoted.add(start.number())).isTrue();
        assertThat(candidate.architecture()).isEqualTo(from.architecture());
        assertThat(candidate.parent()).isEqualTo(from.parent());
        assertThat(start.epochs()).isEqualTo(from.fidelity().epochs());
        assertThat(rung(candidate)).isEqualTo(rung(from) + 1);
      } else {
        assertThat(rung(candidate)).isZero();
        assertThat(origin(from, asked).number()).isEqualTo(candidate.parent());
      }
    }
    assertThat(asked).extracting(RungsStrategyTest::rung).contains(0, 1, 2);
  }

  /** A child takes what its parent learnt on the highest rung that it had reached by then. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aChildStartsFromItsParentsHighestRung(long seed) {
    List<Candidate> asked = new Search(create(seed)).run(120, 1).asked;
    List<Candidate> children = new ArrayList<>();
    for (Candidate candidate : asked) {
      Start start = candidate.start();
      if (start != null && start.kind() == Start.Kind.INHERITED) {
        children.add(candidate);
        int highest =
            asked.subList(0, candidate.number()).stream()
                .filter(each -> weights(each) != null)
                .filter(each -> origin(each, asked).number() == parent(candidate))
                .mapToInt(RungsStrategyTest::rung)
                .max()
                .orElseThrow();
        assertThat(rung(asked.get(start.number()))).isEqualTo(highest);
      }
    }
    assertThat(children).isNotEmpty();
  }

  private static Candidate origin(Candidate candidate, List<Candidate> asked) {
    Start start = candidate.start();
    return start != null && start.kind() == Start.Kind.CONTINUED
        ? origin(asked.get(start.number()), asked)
        : candidate;
  }

  private static int parent(Candidate child) {
    return Objects.requireNonNull(child.parent());
  }

  private static int rung(Candidate candidate) {
    return RUNGS.indexOf(candidate.fidelity());
  }

  private static @Nullable String weights(Candidate candidate) {
    Evaluation outcome = outcome(candidate);
    return outcome instanceof Completed completed ? completed.weights() : null;
  }
}
