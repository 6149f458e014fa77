package org.finchnas.evolution.algorithm;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.finchnas.evaluation.Forecast;

/**
 * Draws a batch wherever one architecture is asked for and gives the one with the best forecast:
 * the "zero-cost move proposal" of Abdelfattah et al., arXiv 2101.08134, section 5, for children,
 * and its warm-up for random ones.
 *
 * <p>What was given before is given again only when the batch holds nothing else: children with the
 * best forecast are often the same, and a search learns nothing from a twin. What is not allowed
 * gets no forecast; if nothing is, the first is given, to be rejected.
 */
public final class BestOfBatch<A> implements Variation<A> {

  private final Variation<A> variation;
  private final int batch;
  private final Predicate<A> allowed;
  private final Forecast<A> forecast;
  private final Function<A, ?> identity;
  private final Set<Object> given = new HashSet<>();

  /**
   * @param batch how many are drawn for one that is given, at least 1
   * @param allowed whether an architecture breaks no constraint and will be evaluated
   * @param identity equal for twins: architectures that are one network
   */
  public BestOfBatch(
      Variation<A> variation,
      int batch,
      Predicate<A> allowed,
      Forecast<A> forecast,
      Function<A, ?> identity) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch (%d) must be at least 1.".formatted(batch));
    }
    this.variation = variation;
    this.batch = batch;
    this.allowed = allowed;
    this.forecast = forecast;
    this.identity = identity;
  }

  @Override
  public A sample() {
    return best(variation::sample);
  }

  @Override
  public A mutate(A parent) {
    return best(() -> variation.mutate(parent));
  }

  @Override
  public A cross(A first, A second) {
    return best(() -> variation.cross(first, second));
  }

  @Override
  public List<A> neighbours(A architecture) {
    return variation.neighbours(architecture);
  }

  @Override
  public Individual<A> tournament(
      List<Individual<A>> population, int sampleSize, Comparator<Individual<A>> fitness) {
    return variation.tournament(population, sampleSize, fitness);
  }

  private A best(Supplier<A> draw) {
    List<A> drawn = Stream.generate(draw).limit(batch).toList();
    List<A> admitted = withoutTwins(drawn.stream().filter(allowed).toList());
    if (admitted.isEmpty()) {
      return drawn.get(0);
    }
    List<A> fresh =
        admitted.stream().filter(each -> !given.contains(identity.apply(each))).toList();
    A best = best(fresh.isEmpty() ? admitted : fresh);
    given.add(identity.apply(best));
    return best;
  }

  /** Of twins the one drawn first. */
  private List<A> withoutTwins(List<A> architectures) {
    Map<Object, A> byIdentity = new LinkedHashMap<>();
    architectures.forEach(each -> byIdentity.putIfAbsent(identity.apply(each), each));
    return List.copyOf(byIdentity.values());
  }

  /** Of equals the one drawn first. */
  private A best(List<A> choices) {
    if (choices.size() == 1) {
      return choices.get(0);
    }
    List<Double> values = forecast.of(choices);
    int best = 0;
    for (int i = 1; i < values.size(); i++) {
      if (rank(values.get(i)) > rank(values.get(best))) {
        best = i;
      }
    }
    return choices.get(best);
  }

  private static double rank(double value) {
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }
}
