package org.finchnas.evolution;

import java.util.List;
import java.util.function.Predicate;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.AgingEvolution;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Fitness;
import org.finchnas.evolution.algorithm.RandomSearch;
import org.finchnas.evolution.algorithm.Variation;
import org.finchnas.searchspace.DidYouMean;

/** Which strategy searches, with its parameters. */
public sealed interface StrategySettings {

  /** The names of all strategies, as they stand in configurations. */
  List<String> NAMES = List.of(Aging.NAME, Random.NAME);

  String name();

  /** Whether a child's training starts from the weights of its parent. */
  boolean inheritsWeights();

  /**
   * The algorithm at its start, for any encoding.
   *
   * @param objectives of the search, at least one
   * @param allowed whether an architecture breaks no constraint and will be evaluated
   */
  <A> Algorithm<A> algorithm(
      Variation<A> variation, List<Objective> objectives, Predicate<A> allowed);

  /** What makes an individual a parent. */
  enum Selection {
    /** The first objective. */
    FIRST_OBJECTIVE,
    /** All objectives: Pareto rank, then crowding distance. */
    PARETO;

    <A> Fitness<A> fitness(List<Objective> objectives) {
      return switch (this) {
        case FIRST_OBJECTIVE -> Fitness.first(objectives.get(0));
        case PARETO -> Fitness.pareto(objectives);
      };
    }
  }

  /** Aging evolution. */
  record Aging(AgingEvolution.Params params, Selection selection, boolean inheritsWeights)
      implements StrategySettings {

    static final String NAME = "aging-evolution";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public <A> Algorithm<A> algorithm(
        Variation<A> variation, List<Objective> objectives, Predicate<A> allowed) {
      return new AgingEvolution<>(params, variation, selection.fitness(objectives), allowed);
    }
  }

  /** Uniform sampling. */
  record Random() implements StrategySettings {

    static final String NAME = "random";

    @Override
    public boolean inheritsWeights() {
      return false;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public <A> Algorithm<A> algorithm(
        Variation<A> variation, List<Objective> objectives, Predicate<A> allowed) {
      return new RandomSearch<>(variation);
    }
  }

  /**
   * The strategy of that name; one without parents ignores all but the name.
   *
   * @throws IllegalArgumentException if there is none of that name (says the nearest) or a size is
   *     out of range
   */
  static StrategySettings of(
      String name,
      int populationSize,
      int sampleSize,
      Selection selection,
      boolean inheritWeights) {
    return switch (name) {
      case Aging.NAME ->
          new Aging(
              new AgingEvolution.Params(populationSize, sampleSize), selection, inheritWeights);
      case Random.NAME -> new Random();
      default ->
          throw new IllegalArgumentException(
              "There is no strategy \"%s\". %s".formatted(name, DidYouMean.sentence(name, NAMES)));
    };
  }
}
