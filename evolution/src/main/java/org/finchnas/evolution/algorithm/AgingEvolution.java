package org.finchnas.evolution.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Aging (regularized) evolution: Real, Aggarwal, Huang and Le, "Regularized Evolution for Image
 * Classifier Architecture Search", arXiv 1802.01548, algorithm 1.
 *
 * <p>The population is a queue. It is filled with P random architectures; from then on each cycle
 * draws S of its members with replacement, mutates the fittest of them and lets the child push out
 * the oldest member.
 *
 * <p>Where it goes beyond the paper:
 *
 * <ul>
 *   <li>It may be asked ahead of told, as with the paper's parallel workers. Children are bred as
 *       soon as P random architectures were asked for, from as many as have been told; while none
 *       has, further random ones are proposed.
 *   <li>A random architecture that is not allowed does not count, because it will never be told.
 *   <li>A member that was evaluated again at a higher fidelity is as fit as it was there, and as
 *       old as it was before (as in So, Liang and Le, "The Evolved Transformer", arXiv 1901.11117).
 *   <li>A failed member ages like the others but becomes a parent only when all members failed.
 * </ul>
 */
public final class AgingEvolution<A> implements Algorithm<A> {

  private final Params params;
  private final Variation<A> variation;
  private final Fitness<A> fitness;
  private final Predicate<A> allowed;
  private final List<Individual<A>> population = new ArrayList<>();
  private int initial;

  /**
   * @param populationSize individuals that breed at a time (paper: P)
   * @param sampleSize how many of them compete to be a parent (paper: S)
   */
  public record Params(int populationSize, int sampleSize) {

    /** As published for 20 000 models. */
    public static final Params PUBLISHED = new Params(100, 25);

    public Params {
      if (populationSize < 2 || sampleSize < 1 || sampleSize > populationSize) {
        throw new IllegalArgumentException(
            "populationSize (%d) must be at least 2 and sampleSize (%d) from 1 to populationSize."
                    .formatted(populationSize, sampleSize)
                + " Maybe set sampleSize to a quarter of populationSize, as published.");
      }
    }
  }

  /**
   * @param fitness who wins a tournament
   * @param allowed whether an architecture breaks no constraint and will be evaluated
   */
  public AgingEvolution(
      Params params, Variation<A> variation, Fitness<A> fitness, Predicate<A> allowed) {
    this.params = params;
    this.variation = variation;
    this.fitness = fitness;
    this.allowed = allowed;
  }

  @Override
  public Optional<Offspring<A>> ask() {
    if (initial < params.populationSize() || population.isEmpty()) {
      A random = variation.sample();
      initial += allowed.test(random) ? 1 : 0;
      return Optional.of(new Offspring<>(random, null));
    }
    List<Individual<A>> breeders = breeders();
    Individual<A> parent =
        variation.tournament(breeders, params.sampleSize(), fitness.among(breeders));
    return Optional.of(new Offspring<>(variation.mutate(parent.architecture()), parent.number()));
  }

  @Override
  public void tell(Individual<A> individual) {
    population.add(individual);
    if (population.size() > params.populationSize()) {
      population.remove(0);
    }
  }

  @Override
  public void retell(Individual<A> individual) {
    for (int i = 0; i < population.size(); i++) {
      if (population.get(i).number() == individual.number()) {
        population.set(i, individual);
      }
    }
  }

  private List<Individual<A>> breeders() {
    List<Individual<A>> scored = population.stream().filter(each -> !each.hasFailed()).toList();
    return scored.isEmpty() ? List.copyOf(population) : scored;
  }
}
