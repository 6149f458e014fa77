package org.finchnas.evolution.surrogate;

import java.util.Arrays;
import java.util.List;

/**
 * Fits a kernel by the evidence: the marginal likelihood of the results (Rasmussen and Williams
 * 2006, section 5.4.1) with the signal's variance at its best, times a prior that keeps parameters
 * about which the data say little near each other. Climbs by the signs of the gradient (Rprop,
 * Riedmiller and Braun 1993, doi:10.1109/ICNN.1993.298623).
 */
final class EvidenceFit {

  private static final double FIRST_STEP = 0.2;
  private static final double LONGEST_STEP = 0.7;
  private static final double SHORTEST_STEP = 0.01;

  /** Expected weight of all positions together, and its spread, as for all below in logarithms. */
  private static final double PRIOR_WEIGHT = 1.5;

  private static final double SCALE_SPREAD = 1;
  private static final double RELEVANCE_SPREAD = 0.8;
  private static final double PRIOR_OWN = 0.02;
  private static final double PRIOR_NOISE = 0.02;
  private static final double NOISE_SPREAD = 1.5;
  private static final double LEAST_SHARE = Math.log(1e-5);
  private static final double MOST_SHARE = Math.log(10);

  private final KernelShape shape;
  private final List<int[]> points;
  private final double[] results;
  private final boolean noiseless;
  private final double[] centre;
  private final double[] spread;

  /**
   * @param noiseless whether results are known to repeat exactly
   */
  EvidenceFit(KernelShape shape, List<int[]> points, double[] results, boolean noiseless) {
    this.shape = shape;
    this.noiseless = noiseless;
    this.points = points;
    this.results = results;
    centre = prior(shape);
    spread = new double[centre.length];
    Arrays.fill(spread, RELEVANCE_SPREAD);
    spread[0] = SCALE_SPREAD;
    spread[spread.length - 2] = NOISE_SPREAD;
    spread[spread.length - 1] = NOISE_SPREAD;
  }

  /** Where the climb begins when nothing is known. */
  static double[] prior(KernelShape shape) {
    double[] prior = new double[CategoricalKernel.parameterCount(shape)];
    prior[0] = Math.log(PRIOR_WEIGHT / Math.max(1, shape.positions()));
    prior[prior.length - 2] = Math.log(PRIOR_OWN);
    prior[prior.length - 1] = Math.log(PRIOR_NOISE);
    return prior;
  }

  /** The best parameters met in so many steps from some. */
  double[] climb(double[] from, int steps) {
    double[] at = from.clone();
    quieten(at);
    double[] best = at.clone();
    double highest = Double.NEGATIVE_INFINITY;
    double[] step = new double[at.length];
    Arrays.fill(step, FIRST_STEP);
    double[] before = new double[at.length];
    for (int i = 0; i < steps; i++) {
      double[] gradient = new double[at.length];
      double value = evidence(at, gradient);
      if (value > highest) {
        highest = value;
        best = at.clone();
      }
      advance(at, step, gradient, before);
      quieten(at);
      before = gradient;
    }
    return best;
  }

  private void quieten(double[] at) {
    if (noiseless) {
      at[at.length - 1] = LEAST_SHARE;
    }
  }

  private static void advance(double[] at, double[] step, double[] gradient, double[] before) {
    for (int k = 0; k < at.length; k++) {
      double agreement = gradient[k] * before[k];
      if (agreement > 0) {
        step[k] = Math.min(step[k] * 1.2, LONGEST_STEP);
      } else if (agreement < 0) {
        step[k] = Math.max(step[k] * 0.5, SHORTEST_STEP);
        gradient[k] = 0;
      }
      at[k] += Math.signum(gradient[k]) * step[k];
    }
    for (int k = at.length - 2; k < at.length; k++) {
      at[k] = Math.max(LEAST_SHARE, Math.min(MOST_SHARE, at[k]));
    }
  }

  /**
   * The logarithm of evidence and prior, but for a constant.
   *
   * @param gradient is added to
   */
  double evidence(double[] parameters, double[] gradient) {
    CategoricalKernel kernel = new CategoricalKernel(shape, parameters);
    int n = points.size();
    double[][] similar = new double[n][];
    TriangularFactor factor = new TriangularFactor();
    for (int i = 0; i < n; i++) {
      similar[i] = new double[i];
      for (int j = 0; j < i; j++) {
        similar[i][j] = kernel.of(points.get(i), points.get(j));
      }
      factor.append(similar[i], kernel.self() + kernel.noise());
    }
    double[] alpha = factor.solve(results);
    double variance = Math.max(dot(results, alpha) / n, 1e-12);
    addGradient(kernel, similar, alpha, factor.inverse(), variance, gradient);
    double value = -n / 2.0 * Math.log(variance) - factor.logDeterminant() / 2;
    for (int k = 0; k < parameters.length; k++) {
      double deviation = (parameters[k] - centre[k]) / spread[k];
      value -= deviation * deviation / 2;
      gradient[k] -= deviation / spread[k];
    }
    return value;
  }

  private void addGradient(
      CategoricalKernel kernel,
      double[][] similar,
      double[] alpha,
      double[][] inverse,
      double variance,
      double[] gradient) {
    double trace = 0;
    for (int i = 0; i < alpha.length; i++) {
      trace += alpha[i] * alpha[i] / variance - inverse[i][i];
      for (int j = 0; j < i; j++) {
        double sensitivity = alpha[i] * alpha[j] / variance - inverse[i][j];
        if (similar[i][j] >= 1) {
          gradient[gradient.length - 2] += sensitivity * kernel.own();
        } else {
          addPair(kernel, points.get(i), points.get(j), sensitivity * similar[i][j], gradient);
        }
      }
    }
    gradient[gradient.length - 2] += trace / 2 * kernel.own();
    gradient[gradient.length - 1] += trace / 2 * kernel.noise();
  }

  private static void addPair(
      CategoricalKernel kernel, int[] a, int[] b, double sensitivity, double[] gradient) {
    for (int l = 0; l < a.length; l++) {
      if (a[l] != b[l]) {
        double left = sensitivity * kernel.half(l, a[l]);
        double right = sensitivity * kernel.half(l, b[l]);
        gradient[0] -= left + right;
        gradient[1 + l] -= left + right;
        gradient[kernel.choiceParameter(l, a[l])] -= left;
        gradient[kernel.choiceParameter(l, b[l])] -= right;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
