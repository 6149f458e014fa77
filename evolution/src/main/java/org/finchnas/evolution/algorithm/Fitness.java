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

  /**
   * By the volume between an individual's scores and the worst of each objective: nothing for the
   * worst in any, most for a good compromise. With one objective by that.
   *
   * <p>The hypervolume of a front (Zitzler and Thiele 1999, doi:10.1109/4235.797969) is the union
   * of these volumes. By Pareto rank and crowding, the smallest network of all is among the
   * fittest, however little it knows.
   */
  static <A> Fitness<A> volume(List<Objective> objectives) {
    return objectives.size() == 1
        ? first(objectives.get(0))
        : individuals -> volume(worst(individuals, objectives));
  }

  private static <A> Comparator<Individual<A>> volume(double[] worst) {
    return Comparator.comparingDouble(
        individual -> {
          if (individual.hasFailed()) {
            return -1;
          }
          double volume = 1;
          for (int i = 0; i < worst.length; i++) {
            volume *= Math.abs(individual.scores().get(i) - worst[i]);
          }
          return volume;
        });
  }

  /** The worst score in each objective. */
  private static <A> double[] worst(List<Individual<A>> individuals, List<Objective> objectives) {
    double[] worst = new double[objectives.size()];
    for (int i = 0; i < worst.length; i++) {
      Objective objective = objectives.get(i);
      int index = i;
      worst[i] =
          individuals.stream()
              .filter(each -> !each.hasFailed())
              .map(each -> each.scores().get(index))
              .reduce((a, b) -> objective.isBetter(a, b) ? b : a)
              .orElse(0.0);
    }
    return worst;
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
