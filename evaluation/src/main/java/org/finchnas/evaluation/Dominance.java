package org.finchnas.evaluation;

import java.util.Comparator;
import java.util.List;

/** The Pareto order of score vectors that list one value for each objective, in order. */
public record Dominance(List<Objective> objectives) {

  public Dominance {
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("Dominance needs at least one objective, but has none.");
    }
  }

  /** Whether {@code a} is no worse in any objective and better in one; never for equal vectors. */
  public boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int k = 0; k < objectives.size(); k++) {
      Objective objective = objectives.get(k);
      if (objective.isBetter(b[k], a[k])) {
        return false;
      }
      better |= objective.isBetter(a[k], b[k]);
    }
    return better;
  }

  /** Better in the first objective first, then in the second, and so on. */
  public Comparator<double[]> bestFirst() {
    return (a, b) -> {
      for (int k = 0; k < objectives.size(); k++) {
        if (a[k] != b[k]) {
          return objectives.get(k).isBetter(a[k], b[k]) ? -1 : 1;
        }
      }
      return 0;
    };
  }

  /**
   * @throws IllegalArgumentException if the vector has another length or a value that is no number
   */
  void requireVector(double[] scores) {
    if (scores.length != objectives.size()) {
      throw new IllegalArgumentException(
          "A vector for %s needs %d values, but has %d."
              .formatted(objectives, objectives.size(), scores.length));
    }
    for (int k = 0; k < scores.length; k++) {
      if (Double.isNaN(scores[k])) {
        throw new IllegalArgumentException(
            "%s is not a number. What has no score belongs to the failed ones."
                .formatted(objectives.get(k)));
      }
    }
  }
}
