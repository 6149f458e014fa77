package org.finchnas.benchmarks.latency;

import java.util.List;

/** How alike two lists of numbers without ties order the same things. */
final class Ranks {

  private Ranks() {}

  /** Spearman's rank correlation, in [-1, 1]. */
  static double spearman(List<Double> first, List<Double> second) {
    double n = first.size();
    double sum = 0;
    for (int i = 0; i < first.size(); i++) {
      double difference = rank(first, i) - rank(second, i);
      sum += difference * difference;
    }
    return 1 - 6 * sum / (n * (n * n - 1));
  }

  private static double rank(List<Double> values, int of) {
    return values.stream().filter(value -> value < values.get(of)).count();
  }
}
