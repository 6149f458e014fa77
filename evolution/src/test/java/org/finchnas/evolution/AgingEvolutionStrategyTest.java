package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.StrategySettings.Selection;
import org.junit.jupiter.api.Test;

class AgingEvolutionStrategyTest extends SearchStrategyContract {

  @Override
  StrategySettings settings() {
    return StrategySettings.of("aging-evolution", 8, 3, Selection.FIRST_OBJECTIVE, false);
  }

  @Test
  void breedsAfterAsManyAdmittedRandomArchitecturesAsThePopulationHolds() {
    List<Candidate> asked = new Search(create(1)).run(40, 4).asked;
    assertThat(asked.subList(0, 8)).allMatch(candidate -> candidate.parent() == null);
    assertThat(asked.subList(8, 40)).noneMatch(candidate -> candidate.parent() == null);
  }

  @Test
  void changesAtMostOneGene() {
    List<Candidate> asked = new Search(create(2)).run(60, 1).asked;
    for (Candidate child : asked) {
      Integer parent = child.parent();
      if (parent != null) {
        int[] before = SPACE.encode(asked.get(parent).architecture());
        int[] after = SPACE.encode(child.architecture());
        int changed = 0;
        for (int i = 0; i < before.length; i++) {
          changed += before[i] == after[i] ? 0 : 1;
        }
        assertThat(changed).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void goesOnProposingWhenNothingIsEverAdmitted() {
    SearchStrategy strategy = create(3, List.of(new Constraint(Objective.PARAMS, 1)));
    for (int i = 0; i < 50; i++) {
      assertThat(strategy.ask()).hasValueSatisfying(p -> assertThat(p.parent()).isNull());
    }
  }

  @Test
  void refusesAConstraintOnWhatIsNotKnownBeforeTraining() {
    Objective latency = new Objective("latency", Objective.MACS.direction(), "ms");
    SearchStrategy strategy = create(3, List.of(new Constraint(latency, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(strategy::ask)
        .withMessageContaining("latency cannot be limited")
        .withMessageContaining("only [params] are known");
  }
}
