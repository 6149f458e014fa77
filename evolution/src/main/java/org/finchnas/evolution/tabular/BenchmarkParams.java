package org.finchnas.evolution.tabular;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How strategies are measured.
 *
 * @param evaluations after how many the figures are taken
 * @param repeats searches that differ in their seed only
 * @param lag how many evaluations may be asked but not told
 * @param seed of all searches
 * @param rungs whether cheaper fidelities are used, if the table has some
 */
public record BenchmarkParams(
    List<Integer> evaluations, int repeats, int lag, long seed, boolean rungs) {

  private static final int GRID = 40;

  public BenchmarkParams {
    evaluations = List.copyOf(new TreeSet<>(evaluations));
    if (evaluations.isEmpty() || evaluations.get(0) < 1) {
      throw new IllegalArgumentException(
          "evaluations (%s) must be numbers from 1.".formatted(evaluations));
    }
    if (repeats < 1 || lag < 1) {
      throw new IllegalArgumentException(
          "repeats (%d) and lag (%d) must be at least 1.".formatted(repeats, lag));
    }
  }

  /** The largest number of evaluations. */
  int last() {
    return evaluations.get(evaluations.size() - 1);
  }

  /** Where curves have their points: those asked for, and others evenly between. */
  List<Integer> points() {
    TreeSet<Integer> points = new TreeSet<>(evaluations);
    IntStream.rangeClosed(1, GRID).map(i -> Math.max(1, last() * i / GRID)).forEach(points::add);
    return List.copyOf(points);
  }
}
