package org.finchnas.evolution;

import java.util.List;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.CellSearchSpace;

/**
 * What is searched, and what for.
 *
 * @param costModel what is known without training
 * @param objectives at least one
 */
public record SearchProblem(
    CellSearchSpace space,
    CostModel costModel,
    List<Constraint> constraints,
    List<Objective> objectives) {

  public SearchProblem {
    constraints = List.copyOf(constraints);
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("A search needs at least one objective.");
    }
  }
}
