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

  /** A child that has each group of loci from one of both parents, equally likely. */
  A cross(A first, A second);

  /** All that differ from it in exactly one place, each once, in random order. */
  List<A> neighbours(A architecture);
}
