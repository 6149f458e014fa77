package org.finchnas.evolution;

import java.util.List;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;

/** Makes strategies from their settings. */
public final class SearchStrategies {

  private SearchStrategies() {}

  /**
   * A strategy at its start.
   *
   * @param objectives at least one; aging evolution optimises the first and leaves the others to
   *     the front
   * @param fidelity of every proposal
   * @param seed decides all that it draws
   */
  public static SearchStrategy create(
      StrategySettings settings,
      CellSearchSpace space,
      CostModel costModel,
      List<Constraint> constraints,
      List<Objective> objectives,
      Fidelity fidelity,
      long seed) {
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("A strategy needs at least one objective.");
    }
    Algorithm<Architecture> algorithm =
        settings.algorithm(
            new JeneticsVariation<>(new CellEncoding(space), seed),
            Individual.fitness(objectives.get(0)),
            new Limits(costModel, constraints));
    return new ArchitectureSearch(algorithm, objectives, fidelity);
  }
}
