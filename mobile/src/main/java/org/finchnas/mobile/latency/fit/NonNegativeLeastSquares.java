package org.finchnas.mobile.latency.fit;

/**
 * Least squares whose solution has no negative part, by coordinate descent: each unknown in turn
 * becomes the best it can be while the others stay. With a ridge on every unknown the solution is
 * the only one.
 */
final class NonNegativeLeastSquares {

  private static final int MOST_SWEEPS = 5000;
  private static final double ENOUGH = 1e-10;

  private NonNegativeLeastSquares() {}

  /**
   * Minimises the sum over rows of {@code (row · x - target)²} plus the sum over unknowns of {@code
   * (ridge (x - start))²}.
   *
   * @param rows one array of coefficients each
   * @param targets one for each row
   * @param ridge above 0 for each unknown
   * @param start 0 or more for each unknown
   */
  static double[] solve(double[][] rows, double[] targets, double[] ridge, double[] start) {
    int unknowns = start.length;
    double[][] gram = new double[unknowns][unknowns];
    double[] right = new double[unknowns];
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      for (int j = 0; j < unknowns; j++) {
        right[j] += row[j] * targets[i];
        for (int k = 0; row[j] != 0 && k < unknowns; k++) {
          gram[j][k] += row[j] * row[k];
        }
      }
    }
    for (int j = 0; j < unknowns; j++) {
      gram[j][j] += ridge[j] * ridge[j];
      right[j] += ridge[j] * ridge[j] * start[j];
    }
    return descend(gram, right, start.clone());
  }

  private static double[] descend(double[][] gram, double[] right, double[] x) {
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double moved = 0;
      for (int j = 0; j < x.length; j++) {
        double gradient = right[j];
        for (int k = 0; k < x.length; k++) {
          gradient -= gram[j][k] * x[k];
        }
        double better = Math.max(0, x[j] + gradient / gram[j][j]);
        moved = Math.max(moved, Math.abs(better - x[j]) * Math.sqrt(gram[j][j]));
        x[j] = better;
      }
      if (moved < ENOUGH) {
        break;
      }
    }
    return x;
  }
}
