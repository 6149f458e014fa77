package org.finchnas.coordinator;

import java.util.HashMap;
import java.util.Map;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.ParetoFront;

/**
 * Notices that a search finds nothing better any more: so many evaluations were told on end and
 * none of them changed the front of its fidelity. Once noticed it stays, so that what is still in
 * flight cannot revive a search that has asked for nothing since.
 */
final class Stagnation {

  private final SearchPlan plan;
  private final Map<Fidelity, ParetoFront<Completed>> fronts = new HashMap<>();
  private int without;
  private boolean isReached;

  Stagnation(SearchPlan plan) {
    this.plan = plan;
  }

  void see(ToldEvaluation told) {
    Integer limit = plan.budget().stagnation();
    if (limit != null) {
      without = told.evaluation() instanceof Completed done && joins(done) ? 0 : without + 1;
      isReached |= without >= limit;
    }
  }

  /** See {@link SearchBudget#stagnation}. */
  boolean isReached() {
    return isReached;
  }

  private boolean joins(Completed done) {
    return plan.objectives().stream().noneMatch(each -> Double.isNaN(done.score(each)))
        && fronts
            .computeIfAbsent(
                done.candidate().fidelity(),
                fidelity -> ParetoFront.ofEvaluations(plan.objectives()))
            .add(done);
  }
}
