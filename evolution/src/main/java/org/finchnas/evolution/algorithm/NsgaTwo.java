package org.finchnas.evolution.algorithm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * NSGA-II: Deb, Pratap, Agarwal and Meyarivan 2002, doi:10.1109/4235.996017. Parents win a binary
 * tournament by Pareto rank and crowding distance; their children are crossed and mutated; the best
 * P of parents and children survive.
 *
 * <p>Steady-state (Durillo et al. 2009, doi:10.1007/978-3-642-01020-0_18), each result changes the
 * population at once. Generational, as published, P children are bred from one population; nothing
 * is asked while the rest of them is not told.
 *
 * <p>Where it differs from the paper:
 *
 * <ul>
 *   <li>Its constraint-domination is where architectures are bred: what breaks a limit is never
 *       evaluated, so the population holds none.
 *   <li>A child that was proposed before is bred again, a few times; failed ones never join.
 *   <li>One mutation changes a child, as in aging evolution, instead of each gene with a small
 *       probability.
 * </ul>
 */
public final class NsgaTwo<A> implements Algorithm<A> {

  private static final double CROSSOVER = 0.9;
  private static final int TOURNAMENT = 2;
  private static final int TRIES = 20;
  private static final long OWN_STREAM = 0x2545F4914F6CDD1DL;

  private final Params params;
  private final Problem<A> problem;
  private final Fitness<A> crowded;
  private final RandomGenerator random;
  private final Set<Object> proposed = new HashSet<>();
  private final List<Individual<A>> children = new ArrayList<>();
  private List<Individual<A>> population = new ArrayList<>();
  private int asked;
  private int settled;

  /**
   * How it breeds.
   *
   * @param populationSize individuals that survive (paper: N)
   * @param generational whether all children of a generation are told before the next is bred
   */
  public record Params(int populationSize, boolean generational) {

    public Params {
      if (populationSize < 2) {
        throw new IllegalArgumentException(
            "populationSize (%d) must be at least 2.".formatted(populationSize));
      }
    }
  }

  /**
   * @param crowded who wins and who survives
   */
  public NsgaTwo(Params params, Problem<A> problem, Fitness<A> crowded) {
    this.params = params;
    this.problem = problem;
    this.crowded = crowded;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(problem.seed() ^ OWN_STREAM);
  }

  @Override
  public Optional<Offspring<A>> ask() {
    boolean generationIsAsked = asked > 0 && asked % params.populationSize() == 0;
    if (params.generational() && generationIsAsked && settled < asked) {
      return Optional.empty();
    }
    boolean begins = asked < params.populationSize() || population.isEmpty();
    Offspring<A> offspring = begins ? random() : child();
    for (int i = 0; i < TRIES && proposed.contains(identity(offspring)); i++) {
      offspring = begins ? random() : child();
    }
    if (problem.foreknowledge().allows(offspring.architecture())) {
      proposed.add(identity(offspring));
      asked++;
    }
    return Optional.of(offspring);
  }

  private Offspring<A> random() {
    return new Offspring<>(problem.variation().sample(), null);
  }

  private Offspring<A> child() {
    Individual<A> first = winner();
    A child = first.architecture();
    if (random.nextDouble() < CROSSOVER) {
      child = problem.variation().cross(child, winner().architecture());
    }
    return new Offspring<>(problem.variation().mutate(child), first.number());
  }

  private Individual<A> winner() {
    return problem.variation().tournament(population, TOURNAMENT, crowded.among(population));
  }

  @Override
  public void tell(Individual<A> individual) {
    settled++;
    if (!individual.hasFailed()) {
      children.add(individual);
    }
    survive();
  }

  @Override
  public void lost() {
    settled++;
    survive();
  }

  private void survive() {
    boolean completesGeneration = settled % params.populationSize() == 0 && settled <= asked;
    if (params.generational() && !completesGeneration) {
      return;
    }
    List<Individual<A>> all = new ArrayList<>(population);
    all.addAll(children);
    children.clear();
    population =
        all.stream()
            .sorted(crowded.among(all).reversed())
            .limit(params.populationSize())
            .collect(ArrayList::new, List::add, List::addAll);
  }

  @Override
  public void retell(Individual<A> individual) {
    for (List<Individual<A>> place : List.of(population, children)) {
      place.replaceAll(each -> each.number() == individual.number() ? individual : each);
    }
  }

  private Object identity(Offspring<A> offspring) {
    return problem.foreknowledge().identity(offspring.architecture());
  }
}
