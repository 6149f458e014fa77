package org.finchnas.evolution.algorithm;

import java.util.Optional;

/** Samples uniformly and learns nothing: the baseline of every other algorithm. */
public final class RandomSearch<A> implements Algorithm<A> {

  private final Variation<A> variation;

  public RandomSearch(Variation<A> variation) {
    this.variation = variation;
  }

  @Override
  public Optional<Offspring<A>> ask() {
    return Optional.of(new Offspring<>(variation.sample(), null));
  }

  @Override
  public void tell(Individual<A> individual) {
    // Sampling does not depend on results.
  }

  @Override
  public void retell(Individual<A> individual) {
    // Sampling does not depend on results.
  }
}
