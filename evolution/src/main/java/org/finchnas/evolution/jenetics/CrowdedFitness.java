package org.finchnas.evolution.jenetics;

import io.jenetics.ext.moea.ElementComparator;
import io.jenetics.ext.moea.ElementDistance;
import io.jenetics.ext.moea.Pareto;
import io.jenetics.util.ISeq;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Dominance;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.Fitness;
import org.finchnas.evolution.algorithm.Individual;

/**
 * The crowded comparison of NSGA-II (Deb et al. 2002, doi:10.1109/4235.996017, section III-B) with
 * Jenetics' ranking and crowding: the lower Pareto rank, then the larger crowding distance among
 * all that are compared. Whatever failed comes below the rest.
 *
 * @param objectives the first of those that individuals are scored on
 */
public record CrowdedFitness<A>(List<Objective> objectives) implements Fitness<A> {

  public CrowdedFitness {
    objectives = List.copyOf(objectives);
  }

  private record Standing(int rank, double crowding) {}

  @Override
  public Comparator<Individual<A>> among(List<Individual<A>> individuals) {
    ISeq<Individual<A>> scored =
        individuals.stream().filter(each -> !each.hasFailed()).collect(ISeq.toISeq());
    Map<Integer, Standing> standings = new HashMap<>();
    if (!scored.isEmpty()) {
      int[] ranks = Pareto.rank(scored, this::dominance);
      double[] crowding = crowding(scored);
      for (int i = 0; i < ranks.length; i++) {
        standings.put(scored.get(i).number(), new Standing(ranks[i], crowding[i]));
      }
    }
    Standing last = new Standing(Integer.MAX_VALUE, 0);
    return Comparator.<Individual<A>>comparingInt(
            each -> -standings.getOrDefault(each.number(), last).rank())
        .thenComparingDouble(each -> standings.getOrDefault(each.number(), last).crowding());
  }

  private double[] crowding(ISeq<Individual<A>> scored) {
    ElementComparator<Individual<A>> byValue =
        (a, b, k) -> Double.compare(a.scores().get(k), b.scores().get(k));
    ElementDistance<Individual<A>> gap = (a, b, k) -> a.scores().get(k) - b.scores().get(k);
    return Pareto.crowdingDistance(scored, byValue, gap, each -> objectives.size());
  }

  /** Above 0 if the first dominates. */
  private int dominance(Individual<A> a, Individual<A> b) {
    Dominance order = new Dominance(objectives);
    double[] first = vector(a);
    double[] second = vector(b);
    return order.dominates(first, second) ? 1 : order.dominates(second, first) ? -1 : 0;
  }

  private double[] vector(Individual<A> individual) {
    double[] vector = new double[objectives.size()];
    for (int k = 0; k < vector.length; k++) {
      vector[k] = individual.scores().get(k);
    }
    return vector;
  }
}
