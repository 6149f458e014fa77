package org.finchnas.evaluation;

import java.util.List;

/**
 * Guesses, without training, how well things will do: a zero-cost proxy, say. Equal questions get
 * equal answers within a search, before and after a resume.
 *
 * @param <A> what is guessed about: architectures, or the rows of a table
 */
@FunctionalInterface
public interface Forecast<A> {

  /**
   * One value for each, the larger the better; NaN where there is none, which ranks last. Waits
   * until all are known.
   */
  List<Double> of(List<A> things);
}
