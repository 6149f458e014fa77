package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evolution.StrategySettings.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardStrategyTest {

  private static final Reward REWARD = new Reward(Objective.PARAMS, 64, -0.5);

  private static SearchStrategy create(String name, boolean rewarded) {
    return SearchStrategies.create(
        StrategySettings.of(name, 6, 3, Selection.PARETO, false),
        new SearchProblem(
            SearchStrategyContract.SPACE,
            SearchStrategyContract.COSTS,
            List.of(),
            rewarded
                ? List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS)
                : List.of(Objective.VALIDATION_ACCURACY),
            List.of(),
            rewarded ? REWARD : null),
        Rungs.only(SearchStrategyContract.FIDELITY),
        3);
  }

  /** As if the reward was the accuracy, and the single objective. */
  @ParameterizedTest
  @ValueSource(strings = {"aging-evolution", "guided-evolution", "local-search", "nsga-ii"})
  void strategiesFollowTheRewardInPlaceOfTheObjectives(String name) {
    SearchStrategy rewarded = create(name, true);
    SearchStrategy single = create(name, false);
    for (int i = 0; i < 50; i++) {
      Proposal proposal = rewarded.ask().orElseThrow();
      assertThat(single.ask()).contains(proposal);
      Candidate candidate =
          new Candidate(
              i, proposal.architecture(), proposal.fidelity(), 1, proposal.parent(), null);
      double accuracy = (proposal.architecture().id().hex().hashCode() & 0xff) / 256.0;
      double params =
          Objects.requireNonNull(
              SearchStrategyContract.COSTS.costs(proposal.architecture()).get("params"));
      Completed told = completed(candidate, accuracy, params);
      rewarded.tell(told);
      single.tell(completed(candidate, accuracy / Math.sqrt(params / 64), params));
    }
  }

  private static Completed completed(Candidate candidate, double accuracy, double params) {
    return new Completed(
        candidate,
        Map.of("validationAccuracy", accuracy, "params", params),
        List.of(),
        "%064x".formatted(candidate.number()),
        1,
        0,
        null);
  }

  @Test
  void isAsPublished() {
    Completed evaluation =
        new Completed(
            new Candidate(
                0,
                SearchStrategyContract.SPACE.decode(
                    new int[SearchStrategyContract.SPACE.genes().size()]),
                new Fidelity(1, 0, 0),
                1,
                null,
                null),
            Map.of("validationAccuracy", 0.8, "params", 128.0),
            List.of(),
            "0".repeat(64),
            1,
            0,
            null);
    assertThat(REWARD.of(evaluation)).isCloseTo(0.8 / Math.sqrt(2), within(1e-12));
    assertThatThrownBy(() -> new Reward(Objective.VALIDATION_ACCURACY, 1, -0.07))
        .hasMessageContaining("weighs a cost");
    assertThatThrownBy(() -> new Reward(Objective.MACS, 0, -0.07)).hasMessageContaining("target");
  }
}
