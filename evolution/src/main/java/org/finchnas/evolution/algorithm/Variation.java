package org.finchnas.evolution.algorithm;

import java.util.Comparator;
import java.util.List;

/** The random steps of evolution. Draws from one generator, so the order of calls matters. */
public interface Variation<A> {

  /** Any architecture, all equally likely. */
  A sample();

  /**
   * The fittest of {@code sampleSize} individuals drawn uniformly with replacement.
   *
   * @param population not empty
   */
  Individual<A> tournament(
      List<Individual<A>> population, int sampleSize, Comparator<Individual<A>> fitness);

  /** A child that differs from its parent by at most one mutation. */
  A mutate(A parent);
}
