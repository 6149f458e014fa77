package org.finchnas.mobile.latency.fit;

import java.util.List;
import org.finchnas.mobile.latency.kernel.Kernel;
import org.finchnas.mobile.latency.kernel.Tile;
import org.finchnas.mobile.latency.profile.KernelCosts;
import org.finchnas.mobile.latency.profile.LatencyRuntime;

/**
 * Finds the prices of kernels that explain timings best: least squares of the errors' shares, no
 * price below 0, each drawn towards what is expected of it, the more the less of the timings it
 * makes up. Over- and underestimates count alike, since the weights are renewed with the estimates.
 *
 * @param runtime that the timings are of
 * @param tile in which the device is taken to compute
 * @param pull how strongly prices are drawn towards the expectation, beside 1 for each timing
 */
public record CostFit(LatencyRuntime runtime, Tile tile, double pull) {

  private static final int RENEWALS = 4;

  /** Of the expected share of a price, so that what is expected to be next to nothing can grow. */
  private static final double LEAST_SHARE = 0.001;

  public CostFit {
    if (!(pull > 0)) {
      throw new IllegalArgumentException("pull (%s) must be above 0.".formatted(pull));
    }
  }

  /** With nothing known but the timings. */
  public KernelCosts fit(List<Timing> timings) {
    return fit(timings, Prices.expected(runtime));
  }

  /**
   * With prices expected to stand to each other as in {@code shape}.
   *
   * @throws IllegalArgumentException if there are no timings
   */
  public KernelCosts fit(List<Timing> timings, KernelCosts shape) {
    if (timings.isEmpty()) {
      throw new IllegalArgumentException("No timings: there is nothing to fit a profile to.");
    }
    double[][] shares = new double[timings.size()][];
    double[] weights = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = shares(timings.get(i));
      weights[i] = timings.get(i).weight();
    }
    double[] expected = Prices.of(shape);
    double factor = factor(shares, expected);
    for (int j = 0; j < expected.length; j++) {
      expected[j] *= factor;
    }
    double[] prices = expected.clone();
    for (int renewal = 0; renewal < RENEWALS; renewal++) {
      prices = solve(shares, weights, prices, expected);
    }
    return Prices.costs(prices, tile);
  }

  /** What share of a timing one nanosecond on each price is. */
  private double[] shares(Timing timing) {
    double[] shares = new double[Prices.COUNT];
    for (Kernel kernel : timing.kernels()) {
      for (int j : Prices.ofKind(kernel.kind())) {
        shares[j] += Prices.ALL.get(j).feature().of(kernel, tile) / (timing.millis() * 1e6);
      }
    }
    shares[Prices.OVERHEAD] = 1 / (timing.millis() * 1e6);
    return shares;
  }

  /** The geometric mean of timings over estimates. */
  private static double factor(double[][] shares, double[] prices) {
    double sum = 0;
    for (double[] row : shares) {
      sum += Math.log(dot(row, prices));
    }
    return Math.exp(-sum / shares.length);
  }

  private double[] solve(double[][] shares, double[] weights, double[] before, double[] expected) {
    double[][] rows = new double[shares.length][];
    double[] targets = new double[shares.length];
    for (int i = 0; i < rows.length; i++) {
      // A row over the geometric mean of estimate and timing: both directions weigh alike.
      double even = Math.min(2, Math.max(0.5, Math.sqrt(1 / dot(shares[i], before))));
      targets[i] = even * weights[i];
      rows[i] = new double[expected.length];
      for (int j = 0; j < expected.length; j++) {
        rows[i][j] = shares[i][j] * targets[i];
      }
    }
    return NonNegativeLeastSquares.solve(rows, targets, ridge(shares, expected), expected);
  }

  private double[] ridge(double[][] shares, double[] expected) {
    double[] ridge = new double[expected.length];
    for (int j = 0; j < ridge.length; j++) {
      double mean = 0;
      for (double[] row : shares) {
        mean += row[j] / shares.length;
      }
      // What no timing has stays as expected.
      ridge[j] = mean == 0 ? 1 : mean * Math.sqrt(pull / (LEAST_SHARE + mean * expected[j]));
    }
    return ridge;
  }

  private static double dot(double[] row, double[] prices) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      sum += row[j] * prices[j];
    }
    return sum;
  }
}
