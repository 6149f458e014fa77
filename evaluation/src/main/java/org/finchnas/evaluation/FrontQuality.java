package org.finchnas.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.finchnas.evaluation.Evaluation.Completed;

/**
 * How good a front is, and how it came about.
 *
 * @param hypervolume of the front as it is, with its reference point
 * @param course the hypervolume wherever an evaluation changed it, in their order
 * @param spacing how uneven the front is (Schott 1995): the standard deviation of the distances
 *     from each member to the nearest other, summed over the objectives in shares of the front's
 *     extent; 0 for even steps, NaN with fewer than three members
 */
public record FrontQuality(Hypervolume.Value hypervolume, List<Step> course, double spacing) {

  /**
   * A change of the front.
   *
   * @param evaluations how many were told up to it
   */
  public record Step(int evaluations, double volume) {}

  public FrontQuality {
    course = List.copyOf(course);
  }

  /**
   * Of evaluations in the order they were told.
   *
   * @param told at one fidelity
   */
  public static FrontQuality of(List<Completed> told, Hypervolume measure) {
    ParetoFront<Completed> front = ParetoFront.ofEvaluations(measure.objectives());
    List<Step> course = new ArrayList<>();
    double volume = 0;
    for (Completed evaluation : told) {
      if (front.add(evaluation)) {
        double now = measure.of(front.vectors()).volume();
        if (now > volume) {
          volume = now;
          course.add(new Step(evaluation.candidate().number() + 1, now));
        }
      }
    }
    return new FrontQuality(measure.of(front.vectors()), course, spacing(front.vectors()));
  }

  /** After how many evaluations the front had a share of its hypervolume; empty if it has none. */
  public OptionalInt attained(double share) {
    return course.stream()
        .filter(step -> step.volume() >= share * hypervolume.volume())
        .mapToInt(Step::evaluations)
        .findFirst();
  }

  static double spacing(List<double[]> front) {
    if (front.size() < 3) {
      return Double.NaN;
    }
    double[] nearest = new double[front.size()];
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = Double.POSITIVE_INFINITY;
      for (int j = 0; j < nearest.length; j++) {
        if (i != j) {
          nearest[i] = Math.min(nearest[i], distance(front, i, j));
        }
      }
    }
    double mean = Arrays.stream(nearest).average().orElse(0);
    double squares = Arrays.stream(nearest).map(d -> (d - mean) * (d - mean)).sum();
    return Math.sqrt(squares / (nearest.length - 1));
  }

  private static double distance(List<double[]> front, int i, int j) {
    double sum = 0;
    for (int k = 0; k < front.get(i).length; k++) {
      int objective = k;
      double extent =
          front.stream().mapToDouble(each -> each[objective]).max().orElse(0)
              - front.stream().mapToDouble(each -> each[objective]).min().orElse(0);
      sum += extent > 0 ? Math.abs(front.get(i)[k] - front.get(j)[k]) / extent : 0;
    }
    return sum;
  }
}
