package org.finchnas.evolution.algorithm;

import java.util.Comparator;
import java.util.List;
import org.finchnas.evaluation.Objective;

/**
 * An architecture and how it did.
 *
 * @param number of its candidate
 * @param scores one for each objective of the search, in order; empty if it failed
 */
public record Individual<A>(int number, A architecture, List<Double> scores) {

  public Individual {
    scores = List.copyOf(scores);
    if (scores.stream().anyMatch(score -> score.isNaN())) {
      throw new IllegalArgumentException(
          "Individual %d has scores %s, but NaN cannot be compared: what has no score has failed."
              .formatted(number, scores));
    }
  }

  public boolean hasFailed() {
    return scores.isEmpty();
  }

  /** The scores as an array. */
  double[] vector() {
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The fitter the greater by the first objective alone; whatever failed comes below the rest. */
  public static <A> Comparator<Individual<A>> fitness(Objective first) {
    return (a, b) -> {
      if (a.hasFailed() || b.hasFailed()) {
        return Boolean.compare(b.hasFailed(), a.hasFailed());
      }
      double left = a.scores.get(0);
      double right = b.scores.get(0);
      return first.isBetter(left, right) ? 1 : first.isBetter(right, left) ? -1 : 0;
    };
  }
}
