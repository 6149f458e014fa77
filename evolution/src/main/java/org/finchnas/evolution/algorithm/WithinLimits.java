package org.finchnas.evolution.algorithm;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Draws again what breaks a limit, and where that does not help walks from the nearest miss into
 * the limits: one mutation after another, each kept unless it violates more. That is Deb's
 * constraint-domination (Deb et al. 2002, doi:10.1109/4235.996017, section VI) before anything is
 * trained, so limits that one of ten thousand architectures keeps are met by any algorithm.
 *
 * <p>Where limits leave much, what is drawn is as likely as it was without them; where they leave
 * little, walks reach some places more often than others. If walks lead nowhere again and again,
 * less and less is tried, and the nearest miss is given.
 */
public final class WithinLimits<A> implements Variation<A> {

  private static final int SAMPLES = 200;
  private static final int CHILDREN = 12;
  private static final int STEPS = 1000;
  private static final int PATIENCE = 4;

  private final Variation<A> variation;
  private final Foreknowledge<A> foreknowledge;
  private final Map<String, Integer> rejected = new TreeMap<>();
  private int failures;

  public WithinLimits(Variation<A> variation, Foreknowledge<A> foreknowledge) {
    this.variation = variation;
    this.foreknowledge = foreknowledge;
  }

  @Override
  public A sample() {
    return within(variation::sample, SAMPLES);
  }

  @Override
  public A mutate(A parent) {
    return within(() -> variation.mutate(parent), CHILDREN);
  }

  @Override
  public A cross(A first, A second) {
    return within(() -> variation.cross(first, second), CHILDREN);
  }

  /** Those that break a limit are among them. */
  @Override
  public List<A> neighbours(A architecture) {
    return variation.neighbours(architecture);
  }

  @Override
  public Individual<A> tournament(
      List<Individual<A>> population, int sampleSize, Comparator<Individual<A>> fitness) {
    return variation.tournament(population, sampleSize, fitness);
  }

  /** How many were drawn and not given, by the limit they broke most. */
  public Map<String, Integer> rejected() {
    return Collections.unmodifiableMap(new TreeMap<>(rejected));
  }

  private A within(Supplier<A> draw, int tries) {
    A nearest = draw.get();
    double violation = foreknowledge.violation(nearest);
    for (int i = 1; i < shrunk(tries) && violation > 0; i++) {
      A other = draw.get();
      double another = foreknowledge.violation(other);
      reject(another < violation ? nearest : other);
      if (another < violation) {
        nearest = other;
        violation = another;
      }
    }
    return violation > 0 ? walk(nearest, violation) : nearest;
  }

  private A walk(A from, double distance) {
    A place = from;
    double violation = distance;
    for (int i = 0; i < shrunk(STEPS) && violation > 0; i++) {
      A next = variation.mutate(place);
      double another = foreknowledge.violation(next);
      reject(another <= violation ? place : next);
      if (another <= violation) {
        place = next;
        violation = another;
      }
    }
    failures = violation > 0 ? failures + 1 : 0;
    return place;
  }

  private void reject(A architecture) {
    rejected.merge(foreknowledge.reason(architecture), 1, Integer::sum);
  }

  /** Halved with every few walks in a row that led nowhere. */
  private int shrunk(int count) {
    return count >> Math.min(30, failures / PATIENCE);
  }
}
