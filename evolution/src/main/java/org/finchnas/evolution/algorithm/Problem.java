package org.finchnas.evolution.algorithm;

import java.util.List;
import org.finchnas.evaluation.Objective;

/**
 * What an algorithm works on.
 *
 * @param variation draws from a generator of its own
 * @param objectives at least one, as individuals are scored
 * @param seed of all else that the algorithm draws
 */
public record Problem<A>(
    IntegerEncoding<A> encoding,
    Variation<A> variation,
    Foreknowledge<A> foreknowledge,
    List<Objective> objectives,
    long seed) {

  public Problem {
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("A search needs at least one objective.");
    }
  }
}
