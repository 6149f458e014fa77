package org.finchnas.evolution.algorithm;

/** The standard normal distribution. */
final class Normal {

  private Normal() {}

  /**
   * The distribution function, relatively precise to 1e-7 in the lower tail too (Numerical Recipes'
   * rational approximation of the complementary error function by Chebyshev fitting).
   */
  static double probabilityBelow(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + x / 2);
    double series =
        t
            * (1.00002368
                + t
                    * (0.37409196
                        + t
                            * (0.09678418
                                + t
                                    * (-0.18628806
                                        + t
                                            * (0.27886807
                                                + t
                                                    * (-1.13520398
                                                        + t
                                                            * (1.48851587
                                                                + t
                                                                    * (-0.82215223
                                                                        + t * 0.17087277))))))));
    double tail = t * Math.exp(-x * x - 1.26551223 + series) / 2;
    return z < 0 ? tail : 1 - tail;
  }
}
