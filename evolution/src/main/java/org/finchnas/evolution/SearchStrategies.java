package org.finchnas.evolution;

import org.finchnas.evaluation.Rungs;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Fitness;
import org.finchnas.evolution.algorithm.Problem;
import org.finchnas.evolution.algorithm.Seeded;
import org.finchnas.evolution.algorithm.SuccessiveHalving;
import org.finchnas.evolution.algorithm.Variation;
import org.finchnas.evolution.algorithm.WithinLimits;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

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
    return create(settings, problem, rungs, seed, null);
  }

  /**
   * The same with a choice among children before they are proposed.
   *
   * @param choice null to propose each
   */
  public static SearchStrategy create(
      StrategySettings settings,
      SearchProblem problem,
      Rungs rungs,
      long seed,
      @Nullable BatchChoice choice) {
    CellForeknowledge foreknowledge =
        new CellForeknowledge(problem.costModel(), problem.constraints(), problem.followed());
    CellEncoding encoding = new CellEncoding(problem.space());
    WithinLimits<Architecture> variation =
        new WithinLimits<>(new JeneticsVariation<>(encoding, seed), foreknowledge);
    Variation<Architecture> chosen =
        choice == null ? variation : choice.among(variation, foreknowledge::allows);
    Algorithm<Architecture> algorithm =
        settings.algorithm(
            new Problem<>(
                encoding,
                new Seeded<>(problem.initial(), chosen),
                foreknowledge,
                problem.followed(),
                seed));
    SuccessiveHalving<Architecture> halving =
        new SuccessiveHalving<>(
            algorithm, rungs.reduction(), Fitness.pareto(problem.followed()), rungs.count());
    return new ArchitectureSearch(
        halving,
        variation::rejected,
        problem.objectives(),
        rungs,
        settings.inheritsWeights(),
        problem.reward());
  }
}
