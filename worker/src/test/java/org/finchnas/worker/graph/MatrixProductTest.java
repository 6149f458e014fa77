package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.finchnas.worker.NativeBackend;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Against sums written out. */
class MatrixProductTest {

  @BeforeAll
  static void needOneDnn() {
    assumeTrue(NativeBackend.select().hasOneDnn(), "this backend has no oneDNN");
  }

  @ParameterizedTest(name = "{0} rows of {1}, {2} columns")
  @CsvSource({"1, 1, 1", "7, 3, 5", "130, 17, 9"})
  void isTheSumOfProducts(int rows, int inner, int columns) {
    INDArray left = random(1, rows, inner);
    INDArray right = random(2, inner, columns);
    INDArray product = random(3, rows, columns);
    INDArray withTransposed = random(4, rows, columns);
    INDArray ofTransposed = random(5, rows, columns);

    MatrixProduct.of(left, right, product);
    MatrixProduct.withTransposed(left, right.transpose().dup('c'), withTransposed);
    MatrixProduct.ofTransposed(left.transpose().dup('c'), right, ofTransposed);

    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += left.getDouble(i, k) * right.getDouble(k, j);
        }
        assertThat(product.getDouble(i, j)).isCloseTo(sum, within(1e-5));
        assertThat(withTransposed.getDouble(i, j)).isCloseTo(sum, within(1e-5));
        assertThat(ofTransposed.getDouble(i, j)).isCloseTo(sum, within(1e-5));
      }
    }
  }

  @Test
  void takesViewsAndFoldsAllAxesButTheLastIntoRows() {
    INDArray vector = random(6, 1 + 2 * 3 * 4 * 5).reshape(1 + 2 * 3 * 4 * 5);
    INDArray maps = vector.get(NDArrayIndex.interval(1, vector.length())).reshape('c', 2, 3, 4, 5);
    INDArray weights = random(7, 5, 6).reshape('c', 1, 1, 5, 6);
    INDArray result = Nd4j.zeros(DataType.FLOAT, 2, 3, 4, 6);

    MatrixProduct.of(maps, weights, result);

    double sum = 0;
    for (int k = 0; k < 5; k++) {
      sum += vector.getDouble(1 + 23 * 5 + k) * weights.getDouble(0, 0, k, 2);
    }
    assertThat(result.getDouble(1, 2, 3, 2)).isCloseTo(sum, within(1e-5));
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeItReadsOrWritesElsewhere() {
    INDArray wide = random(8, 4, 3);

    assertThatThrownBy(() -> MatrixProduct.of(wide, wide, random(9, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Matrices of [4, 3] and [4, 3] do not multiply to one of [4, 3].");
    assertThatThrownBy(() -> MatrixProduct.withTransposed(wide, wide, random(9, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static INDArray random(long seed, long... shape) {
    return Nd4j.rand(seed, shape).castTo(DataType.FLOAT).subi(0.5);
  }
}
