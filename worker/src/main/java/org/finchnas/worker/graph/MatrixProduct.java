package org.finchnas.worker.graph;

import java.util.Arrays;
import org.finchnas.worker.onednn.Products;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Products of matrices in single precision, in the memory of this process. ND4J's own {@code gemm}
 * takes longer to prepare a small product than to compute it.
 *
 * <p>An array is taken as the matrix of its last axis, rows being all others together.
 */
final class MatrixProduct {
  private MatrixProduct() {}

  /** {@code target = left * right}. */
  static void of(INDArray left, INDArray right, INDArray target) {
    multiply(left, false, right, false, target);
  }

  /** {@code target = left * transposed right}. */
  static void withTransposed(INDArray left, INDArray right, INDArray target) {
    multiply(left, false, right, true, target);
  }

  /** {@code target = transposed left * right}. */
  static void ofTransposed(INDArray left, INDArray right, INDArray target) {
    multiply(left, true, right, false, target);
  }

  private static void multiply(
      INDArray left, boolean turnLeft, INDArray right, boolean turnRight, INDArray target) {
    int columns = columns(target);
    int leftColumns = columns(left);
    int rows = turnLeft ? leftColumns : rows(left);
    int inner = turnLeft ? rows(left) : leftColumns;
    require(inner == (turnRight ? columns(right) : rows(right)), left, right, target);
    require(columns == (turnRight ? rows(right) : columns(right)), left, right, target);
    require(rows == rows(target), left, right, target);
    Products.multiply(
        Floats.pointer(left),
        turnLeft,
        Floats.pointer(right),
        turnRight,
        Floats.pointer(target),
        rows,
        columns,
        inner);
    Floats.keepUntilHere(left, right, target);
  }

  private static void require(boolean fits, INDArray left, INDArray right, INDArray target) {
    if (!fits) {
      throw new IllegalArgumentException(
          "Matrices of %s and %s do not multiply to one of %s."
              .formatted(
                  Arrays.toString(left.shape()),
                  Arrays.toString(right.shape()),
                  Arrays.toString(target.shape())));
    }
  }

  private static int columns(INDArray array) {
    return Math.toIntExact(array.size(array.rank() - 1));
  }

  private static int rows(INDArray array) {
    return Math.toIntExact(array.length() / array.size(array.rank() - 1));
  }
}
