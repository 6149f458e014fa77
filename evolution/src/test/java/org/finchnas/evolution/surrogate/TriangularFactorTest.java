package org.finchnas.evolution.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriangularFactorTest {

  private static final int SIZE = 12;

  /** B Bᵀ + I of a random B is symmetric and positive definite. */
  private static double[][] matrix(long seed) {
    Random random = new Random(seed);
    double[][] b = new double[SIZE][SIZE];
    for (double[] row : b) {
      for (int j = 0; j < SIZE; j++) {
        row[j] = random.nextGaussian();
      }
    }
    double[][] a = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        a[i][j] = i == j ? 1 : 0;
        for (int k = 0; k < SIZE; k++) {
          a[i][j] += b[i][k] * b[j][k];
        }
      }
    }
    return a;
  }

  private static TriangularFactor factor(double[][] a) {
    TriangularFactor factor = new TriangularFactor();
    for (int i = 0; i < SIZE; i++) {
      factor.append(Arrays.copyOf(a[i], i), a[i][i]);
    }
    return factor;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void solvesAndInverts(long seed) {
    double[][] a = matrix(seed);
    TriangularFactor factor = factor(a);
    double[] b = new Random(seed + 9).doubles(SIZE).toArray();
    double[] x = factor.solve(b);
    double[][] inverse = factor.inverse();
    for (int i = 0; i < SIZE; i++) {
      double product = 0;
      double byInverse = 0;
      for (int j = 0; j < SIZE; j++) {
        product += a[i][j] * x[j];
        byInverse += (j <= i ? inverse[i][j] : inverse[j][i]) * b[j];
      }
      assertThat(product).isCloseTo(b[i], within(1e-9));
      assertThat(byInverse).isCloseTo(x[i], within(1e-9));
    }
  }

  /** Against elimination, which knows nothing of factors. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5})
  void knowsTheDeterminant(long seed) {
    double[][] a = matrix(seed);
    double expected = 0;
    double[][] left = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    for (int k = 0; k < SIZE; k++) {
      expected += Math.log(left[k][k]);
      for (int i = k + 1; i < SIZE; i++) {
        double share = left[i][k] / left[k][k];
        for (int j = k; j < SIZE; j++) {
          left[i][j] -= share * left[k][j];
        }
      }
    }
    assertThat(factor(a).logDeterminant()).isCloseTo(expected, within(1e-9));
  }
}
