package org.finchnas.coordinator;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what can be assembled and breaks no constraint; counts the rest by reason. After
 * {@link #MOST_REJECTIONS} refusals on end it gives up and names the nearest.
 */
final class Screening {

  static final int MOST_REJECTIONS = 10_000;

  static final String UNASSEMBLED = "cannot be assembled";

  private final CostModel costModel;
  private final List<Constraint> constraints;
  private final Map<String, Integer> rejected = new TreeMap<>();
  private int consecutive;
  private @Nullable Miss nearest;
  private String lastError = "";

  Screening(CostModel costModel, List<Constraint> constraints) {
    this.costModel = costModel;
    this.constraints = constraints;
  }

  /** Costs by objective name, or null if it was rejected, and then the reason was given. */
  @Nullable Map<String, Double> admit(Architecture architecture, Consumer<String> onReject) {
    Map<String, Double> costs;
    try {
      costs = costModel.costs(architecture);
    } catch (IllegalArgumentException e) {
      lastError = String.valueOf(e.getMessage());
      onReject.accept(reject(UNASSEMBLED));
      return null;
    }
    Miss miss = Miss.of(architecture, costs, constraints);
    if (miss != null) {
      if (nearest == null || miss.total() < nearest.total()) {
        nearest = miss;
      }
      onReject.accept(reject(miss.worst().objective().name()));
      return null;
    }
    consecutive = 0;
    nearest = null;
    return costs;
  }

  /** How many were rejected, by the constraint broken most or by {@link #UNASSEMBLED}. */
  Map<String, Integer> rejected() {
    return Collections.unmodifiableMap(new TreeMap<>(rejected));
  }

  private String reject(String reason) {
    rejected.merge(reason, 1, Integer::sum);
    if (++consecutive >= MOST_REJECTIONS) {
      throw new SearchInputException(
          "None of the last %,d proposed architectures was admitted. ".formatted(consecutive)
              + (nearest == null ? unassembled() : nearest.message()));
    }
    return reason;
  }

  private String unassembled() {
    return "None can be assembled: " + lastError + " Maybe use larger images or fewer reductions.";
  }

  /**
   * An architecture that breaks constraints: the violations summed (Deb et al. 2002), the worst.
   */
  private record Miss(
      Architecture architecture, Map<String, Double> costs, double total, Constraint worst) {

    static @Nullable Miss of(
        Architecture architecture, Map<String, Double> costs, List<Constraint> constraints) {
      double total = 0;
      double most = 0;
      Constraint worst = null;
      for (Constraint constraint : constraints) {
        double violation = constraint.violation(cost(costs, constraint));
        total += violation;
        if (violation > most) {
          most = violation;
          worst = constraint;
        }
      }
      return worst == null ? null : new Miss(architecture, costs, total, worst);
    }

    String message() {
      String name = worst.objective().name();
      double value = cost(costs, worst);
      return "The nearest, %s, has %s %,.0f where the limit is %,.0f (%.0f %% above). "
              .formatted(
                  architecture.notation(), name, value, worst.limit(), 100 * worst.violation(value))
          + "Raise the limit on %s or widen the search space to smaller architectures."
              .formatted(name);
    }

    private static double cost(Map<String, Double> costs, Constraint constraint) {
      Double cost = costs.get(constraint.objective().name());
      if (cost == null) {
        throw new SearchInputException(
            "There is a constraint on %s, but only %s are known without training."
                .formatted(constraint.objective(), new TreeMap<>(costs).keySet()));
      }
      return cost;
    }
  }
}
