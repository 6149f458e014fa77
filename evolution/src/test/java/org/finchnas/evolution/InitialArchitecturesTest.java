package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.evolution.algorithm.AgingEvolution;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;

class InitialArchitecturesTest {

  private static final Fidelity FIDELITY = new Fidelity(1, 0, 0);
  private static final CellSearchSpace SPACE =
      new CellSearchSpace(
          OperationSet.NASNET.operations(), 5, List.of(1), List.of(8), Stem.CIFAR, 32);
  private static final List<Architecture> PUBLISHED =
      Stream.of(PublishedCells.NASNET_A_CIFAR, PublishedCells.AMOEBANET_A_MOBILE)
          .map(cells -> Architecture.parse(cells.notation()))
          .map(each -> new Architecture(each.normal(), each.reduction(), SPACE.firstMacro()))
          .toList();

  private static SearchStrategy strategy(List<Architecture> initial) {
    List<Objective> objectives = List.of(Objective.VALIDATION_ACCURACY);
    return SearchStrategies.create(
        new StrategySettings.Aging(
            new AgingEvolution.Params(4, 4), Selection.FIRST_OBJECTIVE, false),
        new SearchProblem(SPACE, architecture -> Map.of(), List.of(), objectives, initial, null),
        Rungs.only(FIDELITY),
        1);
  }

  @Test
  void comeFirstAsTheyAreAndTheirChildrenConcatenateTheirLooseEnds() {
    SearchStrategy strategy = strategy(PUBLISHED);
    for (int number = 0; number < 40; number++) {
      Proposal proposal = strategy.ask().orElseThrow();
      if (number < 2) {
        assertThat(proposal.architecture()).isEqualTo(PUBLISHED.get(number));
      } else {
        assertThat(proposal.architecture().normal().concatenatesLooseEnds()).isTrue();
        assertThat(proposal.architecture().reduction().concatenatesLooseEnds()).isTrue();
      }
      if (number == 4) {
        // NASNet-A alone is good so far, so the first child is its.
        assertThat(proposal.parent()).isZero();
      }
      Candidate candidate =
          new Candidate(number, proposal.architecture(), FIDELITY, number, proposal.parent(), null);
      strategy.tell(
          new Evaluation.Completed(
              candidate,
              Map.of(Objective.VALIDATION_ACCURACY.name(), number == 0 ? 0.9 : 0.1),
              List.of(),
              "%064x".formatted(number),
              1,
              0,
              null));
    }
  }

  @Test
  void withoutThemTheSameRandomArchitecturesAreDrawn() {
    SearchStrategy with = strategy(PUBLISHED);
    SearchStrategy without = strategy(List.of());
    with.ask();
    with.ask();
    for (int i = 0; i < 2; i++) {
      assertThat(with.ask().orElseThrow().architecture())
          .isEqualTo(without.ask().orElseThrow().architecture());
    }
  }

  @Test
  void thatHaveNoPlaceInTheSpaceAreRefused() {
    Architecture other = Architecture.parse(PublishedCells.NASNET_A_LARGE.notation());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strategy(List.of(other)))
        .withMessageContaining("outside the search space");
  }
}
