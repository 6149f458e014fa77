package org.finchnas.evolution.algorithm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.finchnas.evaluation.Dominance;
import org.jspecify.annotations.Nullable;

/**
 * Local search: White, Nolen and Savani, "Exploring the Loss Landscape in Neural Architecture
 * Search", arXiv 2005.02960. A walk begins at random, tries the architectures that differ in one
 * place and goes on from the best; where none is better it ends, and another begins.
 *
 * <p>Where it differs from the paper:
 *
 * <ul>
 *   <li>It moves to the first neighbour that is better, not to the best of all neighbours (den
 *       Ottelander et al., arXiv 2004.08996).
 *   <li>With several objectives it is Pareto local search (Paquete, Chiarandini and Stützle 2004,
 *       doi:10.1007/978-3-642-17144-4_7): a walk has a front instead of one place, and ends when
 *       the neighbours of all its members were tried.
 *   <li>It may be asked ahead of told; while a walk has nothing left to try and results are not
 *       told yet, the next one begins.
 *   <li>What was proposed before is proposed again only if nothing else is found.
 * </ul>
 */
public final class LocalSearch<A> implements Algorithm<A> {

  private static final int TRIES = 1000;

  private final Problem<A> problem;
  private final Dominance dominance;
  // By the identity of what was proposed, the walk that proposed it.
  private final Map<Object, Integer> proposed = new HashMap<>();
  private final List<Individual<A>> front = new ArrayList<>();
  private final Set<Integer> explored = new HashSet<>();
  private Iterator<A> neighbours = Collections.emptyIterator();
  private @Nullable Individual<A> place;
  private int walk;

  /**
   * @param followed how many of the problem's objectives, from the first
   */
  public LocalSearch(Problem<A> problem, int followed) {
    this.problem = problem;
    this.dominance = new Dominance(problem.objectives().subList(0, followed));
  }

  @Override
  public Optional<Offspring<A>> ask() {
    for (Individual<A> next = place; next != null; next = next()) {
      while (neighbours.hasNext()) {
        A neighbour = neighbours.next();
        if (!proposed.containsKey(identity(neighbour))
            && problem.foreknowledge().allows(neighbour)) {
          proposed.put(identity(neighbour), walk);
          return Optional.of(new Offspring<>(neighbour, next.number()));
        }
      }
      explored.add(next.number());
    }
    return Optional.of(new Offspring<>(start(), null));
  }

  /** The next member of the walk's front whose neighbours were not tried. */
  private @Nullable Individual<A> next() {
    for (int i = front.size() - 1; i >= 0; i--) {
      if (!explored.contains(front.get(i).number())) {
        goTo(front.get(i));
        return place;
      }
    }
    place = null;
    return null;
  }

  private void goTo(Individual<A> individual) {
    place = individual;
    neighbours = problem.variation().neighbours(individual.architecture()).iterator();
  }

  private A start() {
    A start = problem.variation().sample();
    for (int i = 0; i < TRIES && proposed.containsKey(identity(start)); i++) {
      start = problem.variation().sample();
    }
    if (!front.isEmpty()) {
      front.clear();
      walk++;
    }
    proposed.put(identity(start), walk);
    return start;
  }

  @Override
  public void tell(Individual<A> individual) {
    boolean fromThisWalk =
        proposed.getOrDefault(identity(individual.architecture()), -1).equals(walk);
    if (individual.hasFailed() || !fromThisWalk || isShutOut(individual)) {
      return;
    }
    front.removeIf(member -> dominance.dominates(followed(individual), followed(member)));
    front.add(individual);
    if (place == null || !front.contains(place)) {
      goTo(individual);
    }
  }

  @Override
  public void retell(Individual<A> individual) {
    if (front.removeIf(member -> member.number() == individual.number())) {
      front.add(individual);
    }
  }

  /** Something no worse in every objective is there; so walks do not go in circles. */
  private boolean isShutOut(Individual<A> individual) {
    double[] scores = followed(individual);
    return front.stream()
        .map(this::followed)
        .anyMatch(
            member ->
                dominance.dominates(member, scores)
                    || dominance.bestFirst().compare(member, scores) == 0);
  }

  private double[] followed(Individual<A> individual) {
    return Arrays.copyOf(individual.vector(), dominance.objectives().size());
  }

  private Object identity(A architecture) {
    return problem.foreknowledge().identity(architecture);
  }
}
