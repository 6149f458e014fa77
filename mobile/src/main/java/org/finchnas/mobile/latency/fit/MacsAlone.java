package org.finchnas.mobile.latency.fit;

import java.util.List;

/**
 * The predictor that everybody has: a constant, and a price for each multiply-accumulate. Without
 * the constant it is worse on the published phones.
 */
record MacsAlone(double constant, double millisPerMac) {

  private static final int RENEWALS = 4;

  /** The least squares of errors' shares, over- and underestimates alike. */
  static MacsAlone of(List<Timing> timings) {
    double mean =
        timings.stream()
            .mapToDouble(timing -> timing.millis() / timing.macs())
            .average()
            .orElseThrow();
    MacsAlone current = new MacsAlone(0, mean);
    for (int renewal = 0; renewal < RENEWALS; renewal++) {
      current = current.renewed(timings, mean);
    }
    return current;
  }

  private MacsAlone renewed(List<Timing> timings, double mean) {
    double[][] rows = new double[timings.size()][];
    double[] targets = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Timing timing = timings.get(i);
      targets[i] = Math.sqrt(timing.millis() / millis(timing));
      double scale = targets[i] / timing.millis();
      rows[i] = new double[] {scale, timing.macs() * scale};
    }
    double[] nearlyNone = {1e-9, 1e-9 / mean};
    double[] solution =
        NonNegativeLeastSquares.solve(rows, targets, nearlyNone, new double[] {0, mean});
    return new MacsAlone(solution[0], solution[1]);
  }

  double millis(Timing timing) {
    return constant + millisPerMac * timing.macs();
  }
}
