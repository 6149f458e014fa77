package org.finchnas.evolution.algorithm;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** Gives what a search is to begin with wherever one is sampled, until all of it was given. */
public final class Seeded<A> implements Variation<A> {

  private final Queue<A> seeds;
  private final Variation<A> variation;

  public Seeded(List<A> seeds, Variation<A> variation) {
    this.seeds = new ArrayDeque<>(seeds);
    this.variation = variation;
  }

  @Override
  public A sample() {
    A seed = seeds.poll();
    return seed == null ? variation.sample() : seed;
  }

  @Override
  public A cross(A first, A second) {
    return variation.cross(first, second);
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

  @Override
  public A mutate(A parent) {
    return variation.mutate(parent);
  }
}
