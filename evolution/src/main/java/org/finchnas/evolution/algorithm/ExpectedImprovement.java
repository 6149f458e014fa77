package org.finchnas.evolution.algorithm;

import org.finchnas.evolution.surrogate.Surrogate;

/**
 * By how much the best expectation of an architecture that was evaluated is expected to rise with
 * one more evaluation, in logarithms. Without noise that is the expected improvement of Jones,
 * Schonlau and Welch 1998, doi:10.1023/A:1008306431147; with noise the knowledge gradient of
 * Frazier, Powell and Dayanik 2009, doi:10.1287/ijoc.1080.0314, of one alternative at a time. It
 * may be worth most to evaluate again what was evaluated before.
 */
final class ExpectedImprovement<A> implements Acquisition<A> {

  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Outlook<A> outlook;
  private final Surrogate surrogate;
  private final double noise;

  ExpectedImprovement(Outlook<A> outlook) {
    this.outlook = outlook;
    this.surrogate = outlook.surrogates().get(0);
    this.noise = surrogate.noise();
  }

  @Override
  public double atMean(A architecture) {
    return surrogate.mean(outlook.values(architecture));
  }

  @Override
  public double of(A architecture) {
    int[] values = outlook.values(architecture);
    Surrogate.Expectation expected = surrogate.expectation(values);
    double deviation = Math.max(expected.deviation(), 1e-9);
    // Of what will be expected once a result is known, which noise makes less telling.
    double change = deviation * deviation / Math.hypot(deviation, noise);
    double gap = Math.abs(expected.mean() - surrogate.bestMean(values));
    double lead = surrogate.wasTold(values) ? -gap : expected.mean() - surrogate.bestMean(values);
    return Math.log(change) + logOfMeanExcess(lead / change);
  }

  /** The logarithm of the mean of max(0, u + z) for a standard normal z. */
  static double logOfMeanExcess(double u) {
    if (u < -6) {
      // The asymptotic series, where the sum below cancels.
      double inverse = 1 / (u * u);
      return -u * u / 2
          - LOG_ROOT_TWO_PI
          + Math.log(inverse)
          + Math.log1p(-3 * inverse + 15 * inverse * inverse - 105 * inverse * inverse * inverse);
    }
    double density = Math.exp(-u * u / 2 - LOG_ROOT_TWO_PI);
    return Math.log(density + u * Normal.probabilityBelow(u));
  }
}
