package org.finchnas.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Score vectors ordered for a front: by Pareto rank, then by crowding distance (Deb, Pratap,
 * Agarwal and Meyarivan 2002, doi:10.1109/4235.996017, section III), then by the objectives in
 * turn. Rank 0 is the front; rank 1 is the front of what is left without it, and so on. Takes time
 * quadratic in the count.
 */
public final class ParetoRanking {

  private final int[] ranks;
  private final double[] crowding;
  private final int[] positions;

  private ParetoRanking(int[] ranks, double[] crowding, int[] positions) {
    this.ranks = ranks;
    this.crowding = crowding;
    this.positions = positions;
  }

  /** Of vectors that list one value for each objective, in order. */
  public static ParetoRanking of(List<double[]> vectors, Dominance dominance) {
    vectors.forEach(dominance::requireVector);
    int[] ranks = new int[vectors.size()];
    double[] crowding = new double[vectors.size()];
    List<Integer> left = new ArrayList<>(IntStream.range(0, vectors.size()).boxed().toList());
    for (int rank = 0; !left.isEmpty(); rank++) {
      List<Integer> front = front(left, vectors, dominance);
      for (int i : front) {
        ranks[i] = rank;
      }
      crowd(front, vectors, crowding);
      left.removeAll(front);
    }
    return new ParetoRanking(ranks, crowding, positions(vectors, dominance, ranks, crowding));
  }

  /** From 0; equal for vectors that do not dominate each other. */
  public int rank(int index) {
    return ranks[index];
  }

  /**
   * How far its neighbours on the same rank are, in shares of the rank's extent, summed over the
   * objectives; infinite at its ends.
   */
  public double crowdingDistance(int index) {
    return crowding[index];
  }

  /** Place in the order, from 0 for the first; what is equal in all shares one. */
  public int position(int index) {
    return positions[index];
  }

  private static List<Integer> front(
      List<Integer> among, List<double[]> vectors, Dominance dominance) {
    return among.stream()
        .filter(
            i -> among.stream().noneMatch(j -> dominance.dominates(vectors.get(j), vectors.get(i))))
        .toList();
  }

  private static void crowd(List<Integer> front, List<double[]> vectors, double[] crowding) {
    int objectives = vectors.get(front.get(0)).length;
    for (int objective = 0; objective < objectives; objective++) {
      int k = objective;
      List<Integer> sorted =
          front.stream().sorted(Comparator.comparingDouble(i -> vectors.get(i)[k])).toList();
      int last = sorted.size() - 1;
      double extent = vectors.get(sorted.get(last))[k] - vectors.get(sorted.get(0))[k];
      crowding[sorted.get(0)] = Double.POSITIVE_INFINITY;
      crowding[sorted.get(last)] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < last && extent > 0; i++) {
        double gap = vectors.get(sorted.get(i + 1))[k] - vectors.get(sorted.get(i - 1))[k];
        crowding[sorted.get(i)] += gap / extent;
      }
    }
  }

  private static int[] positions(
      List<double[]> vectors, Dominance dominance, int[] ranks, double[] crowding) {
    Comparator<Integer> order =
        Comparator.<Integer>comparingInt(i -> ranks[i])
            .thenComparing(i -> -crowding[i])
            .thenComparing(vectors::get, dominance.bestFirst());
    List<Integer> sorted = IntStream.range(0, ranks.length).boxed().sorted(order).toList();
    int[] positions = new int[ranks.length];
    for (int i = 1; i < positions.length; i++) {
      boolean equal = order.compare(sorted.get(i - 1), sorted.get(i)) == 0;
      positions[sorted.get(i)] = equal ? positions[sorted.get(i - 1)] : i;
    }
    return positions;
  }

  @Override
  public String toString() {
    return "ranks " + Arrays.toString(ranks);
  }
}
