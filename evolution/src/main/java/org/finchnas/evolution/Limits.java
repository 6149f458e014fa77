package org.finchnas.evolution;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.searchspace.Architecture;

/** Whether an architecture can be assembled and breaks no constraint. */
record Limits(CostModel costModel, List<Constraint> constraints)
    implements Predicate<Architecture> {

  Limits {
    constraints = List.copyOf(constraints);
  }

  @Override
  public boolean test(Architecture architecture) {
    Map<String, Double> costs;
    try {
      costs = costModel.costs(architecture);
    } catch (IllegalArgumentException unassembled) {
      return false;
    }
    return constraints.stream().allMatch(constraint -> violation(constraint, costs) == 0);
  }

  private static double violation(Constraint constraint, Map<String, Double> costs) {
    Double cost = costs.get(constraint.objective().name());
    if (cost == null) {
      throw new IllegalArgumentException(
          "%s cannot be limited: only %s are known without training. Maybe make it an objective."
              .formatted(constraint.objective(), costs.keySet().stream().sorted().toList()));
    }
    return constraint.violation(cost);
  }
}
