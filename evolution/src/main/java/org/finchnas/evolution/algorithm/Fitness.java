package org.finchnas.evolution.algorithm;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Dominance;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ParetoRanking;

/**
 * Which of some individuals are the fitter ones. Whatever failed comes below the rest.
 *
 * @param <A> what is searched
 */
@FunctionalInterface
public interface Fitness<A> {

  /** The fitter the greater; compares members of that list only. */
  Comparator<Individual<A>> among(List<Individual<A>> individuals);

  /** By the first objective alone. */
  static <A> Fitness<A> first(Objective first) {
    return individuals -> Individual.fitness(first);
  }

  /**
   * By Pareto rank, then crowding distance (Deb et al. 2002, doi:10.1109/4235.996017), then the
   * objectives in turn; with one objective by that.
   */
  static <A> Fitness<A> pareto(List<Objective> objectives) {
    return objectives.size() == 1
        ? first(objectives.get(0))
        : individuals -> pareto(individuals, new Dominance(objectives));
  }

  private static <A> Comparator<Individual<A>> pareto(
      List<Individual<A>> individuals, Dominance dominance) {
    List<Individual<A>> scored = individuals.stream().filter(each -> !each.hasFailed()).toList();
    ParetoRanking ranking =
        ParetoRanking.of(scored.stream().map(Individual::vector).toList(), dominance);
    Map<Integer, Integer> positions = new HashMap<>();
    for (int i = 0; i < scored.size(); i++) {
      positions.put(scored.get(i).number(), ranking.position(i));
    }
    return Comparator.comparing(each -> -positions.getOrDefault(each.number(), individuals.size()));
  }
}
