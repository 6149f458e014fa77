package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.finchnas.evaluation.Candidate;
import org.finchnas.evolution.StrategySettings.Selection;
import org.junit.jupiter.api.Test;

class RandomSearchStrategyTest extends SearchStrategyContract {

  @Override
  StrategySettings settings() {
    return StrategySettings.of("random", 0, 0, Selection.FIRST_OBJECTIVE, false);
  }

  @Test
  void learnsNothing() {
    SearchStrategy told = create(1);
    SearchStrategy untold = create(1);
    for (int i = 0; i < 40; i++) {
      Proposal proposal = told.ask().orElseThrow();
      assertThat(untold.ask()).contains(proposal);
      assertThat(proposal.parent()).isNull();
      told.tell(
          outcome(new Candidate(i, proposal.architecture(), proposal.fidelity(), 1, null, null)));
    }
  }
}
