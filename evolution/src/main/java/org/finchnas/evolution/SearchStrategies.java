package org.finchnas.evolution;

import org.finchnas.evaluation.Rungs;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Fitness;
import org.finchnas.evolution.algorithm.SuccessiveHalving;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.finchnas.searchspace.Architecture;

/** Makes strategies from their settings. */
public final class SearchStrategies {

  private SearchStrategies() {}

  /**
   * A strategy at its start.
   *
   * @param rungs the fidelities of its proposals
   * @param seed decides all that it draws
   */
  public static SearchStrategy create(
      StrategySettings settings, SearchProblem problem, Rungs rungs, long seed) {
    Algorithm<Architecture> algorithm =
        settings.algorithm(
            new JeneticsVariation<>(new CellEncoding(problem.space()), seed),
            problem.objectives(),
            new Limits(problem.costModel(), problem.constraints()));
    SuccessiveHalving<Architecture> halving =
        new SuccessiveHalving<>(
            algorithm, rungs.reduction(), Fitness.pareto(problem.objectives()), rungs.count());
    return new ArchitectureSearch(halving, problem.objectives(), rungs, settings.inheritsWeights());
  }
}
