package org.finchnas.evolution;

import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.Foreknowledge;
import org.finchnas.searchspace.Architecture;

/** What a cost model and the constraints say of cells. */
record CellForeknowledge(
    CostModel costModel, List<Constraint> constraints, List<Objective> objectives)
    implements Foreknowledge<Architecture> {

  CellForeknowledge {
    constraints = List.copyOf(constraints);
    objectives = List.copyOf(objectives);
  }

  @Override
  public double violation(Architecture architecture) {
    Map<String, Double> costs;
    try {
      costs = costModel.costs(architecture);
    } catch (IllegalArgumentException unassembled) {
      return Double.POSITIVE_INFINITY;
    }
    return constraints.stream().mapToDouble(constraint -> violation(constraint, costs)).sum();
  }

  @Override
  public double[] scores(Architecture architecture) {
    Map<String, Double> costs = costModel.costs(architecture);
    return objectives.stream()
        .mapToDouble(objective -> costs.getOrDefault(objective.name(), Double.NaN))
        .toArray();
  }

  @Override
  public Object identity(Architecture architecture) {
    return architecture.id();
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
