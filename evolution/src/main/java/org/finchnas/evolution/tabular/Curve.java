package org.finchnas.evolution.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A figure over the course of searches.
 *
 * @param mean over the repeats, at each number of evaluations
 * @param lowerQuartile by linear interpolation between the values in order, like the others
 */
public record Curve(
    List<Integer> evaluations,
    List<Double> mean,
    List<Double> lowerQuartile,
    List<Double> median,
    List<Double> upperQuartile) {

  public Curve {
    evaluations = List.copyOf(evaluations);
    mean = List.copyOf(mean);
    lowerQuartile = List.copyOf(lowerQuartile);
    median = List.copyOf(median);
    upperQuartile = List.copyOf(upperQuartile);
  }

  /**
   * @param values of each repeat, one for each number of evaluations
   */
  static Curve of(List<Integer> evaluations, List<double[]> values) {
    List<List<Double>> figures = List.of(list(), list(), list(), list());
    for (int i = 0; i < evaluations.size(); i++) {
      int point = i;
      double[] sorted = values.stream().mapToDouble(repeat -> repeat[point]).sorted().toArray();
      figures.get(0).add(Arrays.stream(sorted).average().orElseThrow());
      figures.get(1).add(quantile(sorted, 0.25));
      figures.get(2).add(quantile(sorted, 0.5));
      figures.get(3).add(quantile(sorted, 0.75));
    }
    return new Curve(evaluations, figures.get(0), figures.get(1), figures.get(2), figures.get(3));
  }

  /** The same at some of its numbers of evaluations. */
  public Curve at(List<Integer> some) {
    return new Curve(
        some, at(some, mean), at(some, lowerQuartile), at(some, median), at(some, upperQuartile));
  }

  private List<Double> at(List<Integer> some, List<Double> values) {
    return some.stream().map(each -> values.get(evaluations.indexOf(each))).toList();
  }

  private static List<Double> list() {
    return new ArrayList<>();
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
