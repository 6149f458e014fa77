package org.finchnas.evolution.algorithm;

import java.util.List;
import java.util.random.RandomGenerator;
import org.finchnas.evolution.surrogate.Surrogate;

/**
 * By how much a result is expected to add to the front's hypervolume. The volume is the mean over
 * directions of the front's longest reach in each, to the power of the number of objectives
 * (Golovin and Zhang 2020, arXiv 2006.04655); the expectation is a sum over quantiles of the
 * surrogate's normal distribution that reach far into its better tail.
 *
 * <p>Each objective counts from the worst that the first results had to the best so far.
 */
final class HypervolumeImprovement<A> implements Acquisition<A> {

  private static final int DIRECTIONS = 64;
  private static final int QUANTILES = 14;
  private static final double LOWEST = -1.5;
  private static final double HIGHEST = 3.7;
  private static final double[] DEVIATIONS = new double[QUANTILES];
  private static final double[] SHARES = new double[QUANTILES];

  static {
    double step = (HIGHEST - LOWEST) / (QUANTILES - 1);
    double before = 0;
    for (int q = 0; q < QUANTILES; q++) {
      DEVIATIONS[q] = LOWEST + q * step;
      double upTo = q + 1 < QUANTILES ? Normal.probabilityBelow(DEVIATIONS[q] + step / 2) : 1;
      SHARES[q] = upTo - before;
      before = upTo;
    }
  }

  private final Outlook<A> outlook;
  private final double[] reference;
  private final double[] range;
  private final double[][] directions;
  private final double[] reach;

  /**
   * @param reference the worst that counts, by objective; larger is better as in the outlook
   * @param front of what was told, upward
   */
  HypervolumeImprovement(
      Outlook<A> outlook, double[] reference, List<double[]> front, RandomGenerator random) {
    this.outlook = outlook;
    this.reference = reference.clone();
    this.range = new double[reference.length];
    for (int k = 0; k < range.length; k++) {
      int objective = k;
      double best = front.stream().mapToDouble(each -> each[objective]).max().orElse(reference[k]);
      range[k] = best > reference[k] ? best - reference[k] : 1;
    }
    directions = directions(reference.length, random);
    reach = new double[DIRECTIONS];
    for (int d = 0; d < DIRECTIONS; d++) {
      for (double[] member : front) {
        reach[d] = Math.max(reach[d], reach(member, directions[d]));
      }
    }
  }

  /** On the positive part of the sphere; with two objectives one in each of as many sectors. */
  private static double[][] directions(int objectives, RandomGenerator random) {
    double[][] directions = new double[DIRECTIONS][objectives];
    for (int d = 0; d < DIRECTIONS; d++) {
      if (objectives == 2) {
        double angle = Math.PI / 2 * (d + random.nextDouble()) / DIRECTIONS;
        directions[d][0] = Math.cos(angle);
        directions[d][1] = Math.sin(angle);
        continue;
      }
      double length = 0;
      for (int k = 0; k < objectives; k++) {
        directions[d][k] = Math.abs(random.nextGaussian());
        length += directions[d][k] * directions[d][k];
      }
      for (int k = 0; k < objectives; k++) {
        directions[d][k] /= Math.sqrt(length);
      }
    }
    return directions;
  }

  /** How far one may go from the reference in a direction and stay dominated. */
  private double reach(double[] vector, double[] direction) {
    double reach = Double.POSITIVE_INFINITY;
    for (int k = 0; k < vector.length; k++) {
      double scaled = (vector[k] - reference[k]) / range[k];
      reach = Math.min(reach, scaled <= 0 ? 0 : scaled / Math.max(direction[k], 1e-9));
    }
    return reach;
  }

  private double improvement(double[] vector) {
    double sum = 0;
    int objectives = vector.length;
    for (int d = 0; d < DIRECTIONS; d++) {
      double now = reach(vector, directions[d]);
      if (now > reach[d]) {
        sum += power(now, objectives) - power(reach[d], objectives);
      }
    }
    return sum;
  }

  /** By multiplication, since it takes most of the time. */
  private static double power(double base, int exponent) {
    double product = base;
    for (int i = 1; i < exponent; i++) {
      product *= base;
    }
    return product;
  }

  /** What the mean would add, or how much it falls short of adding anything. */
  @Override
  public double atMean(A architecture) {
    double[] vector = outlook.known(architecture);
    int[] values = outlook.values(architecture);
    for (int i = 0; i < outlook.learned().size(); i++) {
      Surrogate surrogate = outlook.surrogates().get(i);
      vector[outlook.learned().get(i)] = surrogate.result(surrogate.mean(values));
    }
    double improvement = improvement(vector);
    return improvement > 0 ? improvement : -shortfall(vector);
  }

  /** How far a vector is from adding anything, in the direction in which least is missing. */
  private double shortfall(double[] vector) {
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < DIRECTIONS; d++) {
      least = Math.min(least, reach[d] - reach(vector, directions[d]));
    }
    return least;
  }

  @Override
  public double of(A architecture) {
    double[] vector = outlook.known(architecture);
    int[] values = outlook.values(architecture);
    List<Surrogate> surrogates = outlook.surrogates();
    Surrogate.Expectation[] expected = new Surrogate.Expectation[surrogates.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = surrogates.get(i).expectation(values);
    }
    double sum = 0;
    for (int q = 0; q < QUANTILES; q++) {
      for (int i = 0; i < expected.length; i++) {
        double warped = expected[i].mean() + DEVIATIONS[q] * expected[i].deviation();
        vector[outlook.learned().get(i)] = surrogates.get(i).result(warped);
      }
      sum += SHARES[q] * improvement(vector);
    }
    return sum;
  }
}
