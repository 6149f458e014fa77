package org.finchnas.evolution;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.finchnas.evolution.algorithm.AgingEvolution;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.evolution.algorithm.RandomSearch;
import org.finchnas.evolution.algorithm.Variation;
import org.finchnas.searchspace.DidYouMean;

/** Which strategy searches, with its parameters. */
public sealed interface StrategySettings {

  /** The names of all strategies, as they stand in configurations. */
  List<String> NAMES = List.of(Aging.NAME, Random.NAME);

  String name();

  /**
   * The algorithm at its start, for any encoding.
   *
   * @param fitness the greater the fitter
   * @param allowed whether an architecture breaks no constraint and will be evaluated
   */
  <A> Algorithm<A> algorithm(
      Variation<A> variation, Comparator<Individual<A>> fitness, Predicate<A> allowed);

  /** Aging evolution; with several objectives it optimises the first. */
  record Aging(AgingEvolution.Params params) implements StrategySettings {

    static final String NAME = "aging-evolution";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public <A> Algorithm<A> algorithm(
        Variation<A> variation, Comparator<Individual<A>> fitness, Predicate<A> allowed) {
      return new AgingEvolution<>(params, variation, fitness, allowed);
    }
  }

  /** Uniform sampling. */
  record Random() implements StrategySettings {

    static final String NAME = "random";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public <A> Algorithm<A> algorithm(
        Variation<A> variation, Comparator<Individual<A>> fitness, Predicate<A> allowed) {
      return new RandomSearch<>(variation);
    }
  }

  /**
   * The strategy of that name; one without a population ignores the sizes.
   *
   * @throws IllegalArgumentException if there is none of that name (says the nearest) or a size is
   *     out of range
   */
  static StrategySettings of(String name, int populationSize, int sampleSize) {
    return switch (name) {
      case Aging.NAME -> new Aging(new AgingEvolution.Params(populationSize, sampleSize));
      case Random.NAME -> new Random();
      default ->
          throw new IllegalArgumentException(
              "There is no strategy \"%s\". %s".formatted(name, DidYouMean.sentence(name, NAMES)));
    };
  }
}
