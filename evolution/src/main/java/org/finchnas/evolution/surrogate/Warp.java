package org.finchnas.evolution.surrogate;

import java.util.Arrays;

/**
 * Results as a Gaussian process likes them: around 0, spread about 1, and the bad tail drawn in by
 * a logarithm, since how bad the worst are says little about the best. Rising and invertible.
 *
 * @param centre the median
 * @param spread above 0
 */
record Warp(double centre, double spread) {

  /** So many spreads below the centre the tail begins. */
  private static final double TAIL = -1.5;

  /** For results of which larger is better. */
  static Warp of(double[] results) {
    double[] sorted = results.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    // The distance of the lower quartile and of the best, so that neither half decides alone.
    double below = median - sorted[sorted.length / 4];
    double above = sorted[sorted.length - 1 - sorted.length / 20] - median;
    double spread = Math.max(below / 0.674, above / 1.645);
    return new Warp(median, spread > 0 ? spread : 1);
  }

  double warped(double result) {
    double scaled = (result - centre) / spread;
    return scaled >= TAIL ? scaled : TAIL - Math.log1p(TAIL - scaled);
  }

  double unwarped(double warped) {
    double scaled = warped >= TAIL ? warped : TAIL - Math.expm1(TAIL - warped);
    return centre + spread * scaled;
  }
}
