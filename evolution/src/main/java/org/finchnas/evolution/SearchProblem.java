package org.finchnas.evolution;

import java.util.List;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.jspecify.annotations.Nullable;

/**
 * What is searched, and what for.
 *
 * @param costModel what is known without training
 * @param objectives at least one
 * @param initial what is proposed first, before anything is sampled; in the space but for what its
 *     cells concatenate
 * @param reward what a strategy follows in place of the objectives, or null
 */
public record SearchProblem(
    CellSearchSpace space,
    CostModel costModel,
    List<Constraint> constraints,
    List<Objective> objectives,
    List<Architecture> initial,
    @Nullable Reward reward) {

  public SearchProblem {
    constraints = List.copyOf(constraints);
    objectives = List.copyOf(objectives);
    initial = List.copyOf(initial);
    initial.forEach(space::genesOf);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("A search needs at least one objective.");
    }
  }

  /** What a strategy follows. */
  List<Objective> followed() {
    return reward == null ? objectives : List.of(Reward.OBJECTIVE);
  }

  /** Without anything to begin with. */
  public SearchProblem(
      CellSearchSpace space,
      CostModel costModel,
      List<Constraint> constraints,
      List<Objective> objectives) {
    this(space, costModel, constraints, objectives, List.of(), null);
  }
}
