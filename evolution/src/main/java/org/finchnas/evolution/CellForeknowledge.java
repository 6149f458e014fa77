package org.finchnas.evolution;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.Foreknowledge;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/** What a cost model and the constraints say of cells. */
record CellForeknowledge(
    CostModel costModel, List<Constraint> constraints, List<Objective> objectives)
    implements Foreknowledge<Architecture> {

  private static final String UNASSEMBLED = "cannot be assembled";

  CellForeknowledge {
    constraints = List.copyOf(constraints);
    objectives = List.copyOf(objectives);
  }

  @Override
  public double violation(Architecture architecture) {
    Map<String, Double> costs = costs(architecture);
    return costs == null
        ? Double.POSITIVE_INFINITY
        : constraints.stream().mapToDouble(constraint -> violation(constraint, costs)).sum();
  }

  @Override
  public String reason(Architecture architecture) {
    Map<String, Double> costs = costs(architecture);
    return costs == null
        ? UNASSEMBLED
        : constraints.stream()
            .max(Comparator.comparingDouble(constraint -> violation(constraint, costs)))
            .map(constraint -> constraint.objective().name())
            .orElse("");
  }

  private @Nullable Map<String, Double> costs(Architecture architecture) {
    try {
      return costModel.costs(architecture);
    } catch (IllegalArgumentException unassembled) {
      return null;
    }
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
