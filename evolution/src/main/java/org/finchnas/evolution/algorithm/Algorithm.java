package org.finchnas.evolution.algorithm;

import java.util.Optional;

/**
 * Decides what is evaluated next, whatever it is that is searched: cells or the rows of a table.
 * Free of threads, clock and files; equal calls in equal order give equal answers.
 *
 * @param <A> what is searched
 */
public interface Algorithm<A> {

  /** The next proposal, or empty for "not yet: tell me more first". May be asked ahead of told. */
  Optional<Offspring<A>> ask();

  /** Takes a result; results come in the order of their numbers, some may be left out. */
  void tell(Individual<A> individual);

  /**
   * Takes a better-founded result of an individual that was told before, by the same number: it was
   * evaluated again, at a higher fidelity.
   */
  void retell(Individual<A> individual);

  /** Notes that a proposal will never be told, for reasons that say nothing of it. */
  default void lost() {
    // Most wait for nothing.
  }

  /**
   * The one it would name if it had to name the best by the first objective alone; empty if that is
   * whatever was told the best result. Where results are noisy the two differ.
   */
  default Optional<Individual<A>> favourite() {
    return Optional.empty();
  }
}
