package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

  /** What a layer is called in weights goes by the blocks of the network they were trained in. */
  @Test
  void aDuplicateBreedsAsItsTwin() {
    SearchStrategy strategy =
        SearchStrategies.create(
            StrategySettings.of("aging-evolution", 2, 2, Selection.FIRST_OBJECTIVE, true),
            new SearchProblem(
                SPACE, COSTS, List.of(), List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS)),
            Rungs.only(FIDELITY),
            1);
    Architecture first = strategy.ask().orElseThrow().architecture();
    strategy.ask();
    Architecture swapped = withInputsExchanged(first);
    strategy.tell(trained(0, first));
    strategy.tell(trained(1, swapped));

    assertThat(swapped.id()).isEqualTo(first.id());
    assertThat(genesApart(swapped, first)).isGreaterThan(2);
    for (int i = 0; i < 20; i++) {
      assertThat(genesApart(strategy.ask().orElseThrow().architecture(), first)).isLessThan(2);
    }
  }

  /** Left and right of all blocks change places: the same network. */
  private static Architecture withInputsExchanged(Architecture architecture) {
    return new Architecture(
        withInputsExchanged(architecture.normal()),
        withInputsExchanged(architecture.reduction()),
        architecture.macro());
  }

  private static Cell withInputsExchanged(Cell cell) {
    return Cell.ofBlocks(
        cell.blocks().stream()
            .map(
                block ->
                    new Block(
                        block.rightInput(),
                        block.rightOperation(),
                        block.leftInput(),
                        block.leftOperation()))
            .toList());
  }

  private static int genesApart(Architecture one, Architecture other) {
    int[] left = SPACE.encode(one);
    int[] right = SPACE.encode(other);
    return (int) IntStream.range(0, left.length).filter(i -> left[i] != right[i]).count();
  }

  /** Every one with the same weights, as twins have them. */
  private static Completed trained(int number, Architecture architecture) {
    Candidate candidate = new Candidate(number, architecture, FIDELITY, 1, null, null);
    return new Completed(
            candidate, Map.of("validationAccuracy", 0.5), List.of(), "0".repeat(64), 100, 0, null)
        .with(COSTS.costs(architecture));
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
