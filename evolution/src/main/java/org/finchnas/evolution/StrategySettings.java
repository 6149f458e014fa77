package org.finchnas.evolution;

import java.util.List;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.AgingEvolution;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Fitness;
import org.finchnas.evolution.algorithm.GuidedEvolution;
import org.finchnas.evolution.algorithm.LocalSearch;
import org.finchnas.evolution.algorithm.NsgaTwo;
import org.finchnas.evolution.algorithm.Problem;
import org.finchnas.evolution.algorithm.RandomSearch;
import org.finchnas.evolution.jenetics.CrowdedFitness;
import org.finchnas.searchspace.DidYouMean;

/** Which strategy searches, with its parameters. */
public sealed interface StrategySettings {

  /** The names of all strategies, as they stand in configurations. */
  List<String> NAMES = List.of(Guided.NAME, Aging.NAME, Local.NAME, Nsga.NAME, Random.NAME);

  /** Finch's own choice where nobody chooses. */
  String DEFAULT = Guided.NAME;

  String name();

  /** Whether a child's training starts from the weights of its parent. */
  boolean inheritsWeights();

  /** The algorithm at its start, for any encoding. */
  <A> Algorithm<A> algorithm(Problem<A> problem);

  /** What makes an individual a parent. */
  enum Selection {
    /** The first objective. */
    FIRST_OBJECTIVE,
    /** All objectives: Pareto rank, then crowding distance. */
    PARETO;

    /** How many of the objectives it looks at, from the first. */
    int count(List<Objective> objectives) {
      return switch (this) {
        case FIRST_OBJECTIVE -> 1;
        case PARETO -> objectives.size();
      };
    }

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
    public <A> Algorithm<A> algorithm(Problem<A> problem) {
      return new AgingEvolution<>(
          params,
          problem.variation(),
          selection.fitness(problem.objectives()),
          problem.foreknowledge()::allows);
    }
  }

  /** NSGA-II. */
  record Nsga(NsgaTwo.Params params, Selection selection, boolean inheritsWeights)
      implements StrategySettings {

    static final String NAME = "nsga-ii";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public <A> Algorithm<A> algorithm(Problem<A> problem) {
      List<Objective> followed =
          problem.objectives().subList(0, selection.count(problem.objectives()));
      return new NsgaTwo<>(params, problem, new CrowdedFitness<>(followed));
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
    public <A> Algorithm<A> algorithm(Problem<A> problem) {
      return new RandomSearch<>(problem.variation());
    }
  }

  /** Finch's own. */
  record Guided(GuidedEvolution.Params params, Selection selection, boolean inheritsWeights)
      implements StrategySettings {

    static final String NAME = "guided-evolution";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public <A> Algorithm<A> algorithm(Problem<A> problem) {
      return new GuidedEvolution<>(params, problem, selection.count(problem.objectives()));
    }
  }

  /** Local search; among several objectives a walk has a front. */
  record Local(Selection selection, boolean inheritsWeights) implements StrategySettings {

    static final String NAME = "local-search";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public <A> Algorithm<A> algorithm(Problem<A> problem) {
      return new LocalSearch<>(problem, selection.count(problem.objectives()));
    }
  }

  /** The same without generations. */
  static StrategySettings of(
      String name,
      int populationSize,
      int sampleSize,
      Selection selection,
      boolean inheritWeights) {
    return of(name, populationSize, sampleSize, selection, inheritWeights, false);
  }

  /**
   * The strategy of that name; what it has no use for is ignored.
   *
   * @throws IllegalArgumentException if there is none of that name (says the nearest) or a size is
   *     out of range
   */
  static StrategySettings of(
      String name,
      int populationSize,
      int sampleSize,
      Selection selection,
      boolean inheritWeights,
      boolean generational) {
    return switch (name) {
      case Aging.NAME ->
          new Aging(
              new AgingEvolution.Params(populationSize, sampleSize), selection, inheritWeights);
      case Guided.NAME ->
          new Guided(
              new GuidedEvolution.Params(
                  populationSize, sampleSize, GuidedEvolution.Params.DEFAULT_BROOD),
              selection,
              inheritWeights);
      case Local.NAME -> new Local(selection, inheritWeights);
      case Nsga.NAME ->
          new Nsga(new NsgaTwo.Params(populationSize, generational), selection, inheritWeights);
      case Random.NAME -> new Random();
      default ->
          throw new IllegalArgumentException(
              "There is no strategy \"%s\". %s".formatted(name, DidYouMean.sentence(name, NAMES)));
    };
  }
}
