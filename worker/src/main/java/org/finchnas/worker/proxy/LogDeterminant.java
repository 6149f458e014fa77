package org.finchnas.worker.proxy;

/** The natural logarithm of a determinant, which itself would overflow. */
final class LogDeterminant {

  /** A pivot that is smaller, beside the diagonal's largest value, is the rounding of a 0. */
  private static final double ROUNDING = 1e-12;

  private LogDeterminant() {}

  /**
   * Of a symmetric matrix without negative eigenvalues, by Cholesky's decomposition: n³ / 6 steps.
   *
   * @return minus infinity if it is singular
   */
  static double of(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = new double[size][size];
    double least = ROUNDING * largestOfDiagonal(matrix);
    double sum = 0;
    for (int j = 0; j < size; j++) {
      double pivot = matrix[j][j] - product(lower[j], lower[j], j);
      if (!(pivot > least)) {
        return Double.NEGATIVE_INFINITY;
      }
      lower[j][j] = Math.sqrt(pivot);
      for (int i = j + 1; i < size; i++) {
        lower[i][j] = (matrix[i][j] - product(lower[i], lower[j], j)) / lower[j][j];
      }
      sum += Math.log(pivot);
    }
    return sum;
  }

  private static double largestOfDiagonal(double[][] matrix) {
    double largest = 0;
    for (int i = 0; i < matrix.length; i++) {
      largest = Math.max(largest, matrix[i][i]);
    }
    return largest;
  }

  private static double product(double[] a, double[] b, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
