package org.finchnas.evolution.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.jenetics.JeneticsVariation;

/** Digit strings of which nothing but a violation is known beforehand. */
record Foreknown(ToDoubleFunction<String> limits, int objectives) implements Foreknowledge<String> {

  /** A problem on digit strings without limits. */
  static Problem<String> problem(DigitStrings space, List<Objective> objectives, long seed) {
    return problem(space, objectives, seed, digits -> 0);
  }

  static Problem<String> problem(
      DigitStrings space,
      List<Objective> objectives,
      long seed,
      ToDoubleFunction<String> violation) {
    return new Problem<>(
        space,
        new JeneticsVariation<>(space, seed),
        new Foreknown(violation, objectives.size()),
        objectives,
        seed);
  }

  @Override
  public double violation(String architecture) {
    return limits.applyAsDouble(architecture);
  }

  @Override
  public String reason(String architecture) {
    return "limit";
  }

  @Override
  public double[] scores(String architecture) {
    double[] unknown = new double[objectives];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  @Override
  public Object identity(String architecture) {
    return architecture;
  }
}
