package org.finchnas.evolution.surrogate;

import java.util.Arrays;

/**
 * The lower triangular factor L of a symmetric positive definite matrix A = L Lᵀ (Cholesky), which
 * grows by one row in quadratic time.
 */
final class TriangularFactor {

  /** Pivots below it come of rounding: equal rows of A. */
  private static final double LEAST_PIVOT = 1e-10;

  private double[][] rows = new double[16][];
  private int size;

  int size() {
    return size;
  }

  /**
   * Appends a row and column of A.
   *
   * @param off its entries beside the diagonal, as many as there are rows
   */
  void append(double[] off, double diagonal) {
    double[] row = Arrays.copyOf(solveLower(off), size + 1);
    double pivot = diagonal;
    for (int j = 0; j < size; j++) {
      pivot -= row[j] * row[j];
    }
    row[size] = Math.sqrt(Math.max(pivot, LEAST_PIVOT));
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }

  /** L⁻¹ b, of as many entries as there are rows. */
  double[] solveLower(double[] b) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      double[] row = rows[i];
      double sum = b[i];
      for (int j = 0; j < i; j++) {
        sum -= row[j] * x[j];
      }
      x[i] = sum / row[i];
    }
    return x;
  }

  /** A⁻¹ b. */
  double[] solve(double[] b) {
    double[] x = solveLower(b);
    for (int i = size - 1; i >= 0; i--) {
      double[] row = rows[i];
      x[i] /= row[i];
      for (int j = 0; j < i; j++) {
        x[j] -= row[j] * x[i];
      }
    }
    return x;
  }

  /** A⁻¹, its lower triangle. */
  double[][] inverse() {
    double[][] lower = inverseOfLower();
    double[][] inverse = new double[size][];
    for (int i = 0; i < size; i++) {
      inverse[i] = new double[i + 1];
    }
    for (int k = 0; k < size; k++) {
      double[] row = lower[k];
      for (int i = 0; i <= k; i++) {
        double factor = row[i];
        double[] target = inverse[i];
        for (int j = 0; j <= i; j++) {
          target[j] += factor * row[j];
        }
      }
    }
    return inverse;
  }

  /** L⁻¹, row by row. */
  private double[][] inverseOfLower() {
    double[][] inverse = new double[size][];
    for (int i = 0; i < size; i++) {
      double[] sum = new double[i + 1];
      for (int k = 0; k < i; k++) {
        double factor = rows[i][k];
        for (int j = 0; j <= k; j++) {
          sum[j] -= factor * inverse[k][j];
        }
      }
      sum[i] = 1;
      for (int j = 0; j <= i; j++) {
        sum[j] /= rows[i][i];
      }
      inverse[i] = sum;
    }
    return inverse;
  }

  /** The logarithm of the determinant of A. */
  double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 2 * Math.log(rows[i][i]);
    }
    return sum;
  }
}
