package org.finchnas.evolution.algorithm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous successive halving: Li et al., "A System for Massively Parallel Hyperparameter
 * Tuning", arXiv 1810.05934, algorithm 2. Whenever it is asked it looks, from the highest rung
 * down, for an individual among the best 1/eta of its rung that was not promoted yet; where there
 * is none, a new one begins on the lowest rung.
 *
 * <p>Where it differs from the paper:
 *
 * <ul>
 *   <li>What begins on the lowest rung comes from another algorithm, not from a uniform draw. That
 *       algorithm knows each individual once, by the number it began with, and by its result on the
 *       highest rung it has reached.
 *   <li>The best of a rung are the fittest by {@link Fitness}, for several objectives by Pareto
 *       rank, so that the small are promoted with the accurate.
 *   <li>An individual that is in a rung already, by an equal key, takes no second place in it.
 *   <li>A failed individual counts in its rung but is never promoted.
 * </ul>
 */
public final class SuccessiveHalving<A> {

  private final Algorithm<A> algorithm;
  private final int reduction;
  private final Fitness<A> fitness;
  private final List<List<Individual<A>>> rungs = new ArrayList<>();
  private final Set<Integer> promoted = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  // Of each promotion, the number that its individual began with.
  private final Map<Integer, Integer> origins = new HashMap<>();

  /**
   * What to evaluate next.
   *
   * @param rung from 0
   * @param promotes the number of the evaluation it goes on from, one rung below, or null for a new
   *     individual
   * @param parent of a new individual the number that its parent began with, or null
   */
  public record Job<A>(
      A architecture, int rung, @Nullable Integer promotes, @Nullable Integer parent) {}

  /**
   * @param algorithm proposes what begins on the lowest rung
   * @param reduction one of so many is promoted (paper: eta)
   * @param fitness orders a rung
   * @param rungCount with 1, nothing is ever promoted
   */
  public SuccessiveHalving(
      Algorithm<A> algorithm, int reduction, Fitness<A> fitness, int rungCount) {
    this.algorithm = algorithm;
    this.reduction = reduction;
    this.fitness = fitness;
    for (int i = 0; i < rungCount; i++) {
      rungs.add(new ArrayList<>());
    }
  }

  /** The next evaluation, or empty for "not yet: tell me more first". */
  public Optional<Job<A>> ask() {
    for (int k = rungs.size() - 2; k >= 0; k--) {
      Optional<Individual<A>> promotable = promotable(rungs.get(k));
      if (promotable.isPresent()) {
        Individual<A> best = promotable.get();
        promoted.add(best.number());
        return Optional.of(new Job<>(best.architecture(), k + 1, best.number(), null));
      }
    }
    return algorithm.ask().map(child -> new Job<>(child.architecture(), 0, null, child.parent()));
  }

  /**
   * Takes a result.
   *
   * @param promotes as in its job
   * @param key equal for results of one and the same training
   */
  public void tell(Individual<A> individual, int rung, @Nullable Integer promotes, String key) {
    if (individual.hasFailed() || keys.add(rung + " " + key)) {
      rungs.get(rung).add(individual);
    }
    if (promotes == null) {
      algorithm.tell(individual);
      return;
    }
    int origin = origin(promotes);
    origins.put(individual.number(), origin);
    if (!individual.hasFailed()) {
      algorithm.retell(new Individual<>(origin, individual.architecture(), individual.scores()));
    }
  }

  /**
   * Notes that a job will never be told.
   *
   * @param promotes as in its job
   */
  public void lost(@Nullable Integer promotes) {
    if (promotes == null) {
      algorithm.lost();
    }
  }

  /** The number with which the individual of an evaluation began. */
  public int origin(int number) {
    return origins.getOrDefault(number, number);
  }

  /** The fittest of the best 1/eta that was not promoted; of equals the one told first. */
  private Optional<Individual<A>> promotable(List<Individual<A>> rung) {
    return rung.stream()
        .sorted(fitness.among(rung).reversed())
        .limit(rung.size() / reduction)
        .filter(each -> !each.hasFailed() && !promoted.contains(each.number()))
        .findFirst();
  }
}
