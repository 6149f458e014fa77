package org.finchnas.worker.graph;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.finchnas.worker.NativeBackend;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Products of matrices in single precision, in the memory of this process, by the OpenBLAS that
 * ND4J brings, called directly: ND4J's own {@code gemm} takes longer to prepare a small product
 * than to compute it.
 *
 * <p>An array is taken as the matrix of its last axis, rows being all others together.
 */
final class MatrixProduct {
  private MatrixProduct() {}

  /**
   * Below so many multiplications an AVX-512 machine spends more on calling a 1x1 {@code conv2d}
   * than on computing it.
   */
  private static final long FEW_PRODUCTS = 1 << 20;

  /**
   * Whether a product beats oneDNN's 1x1 convolution: always, but for large ones on AVX-512, which
   * oneDNN uses and this OpenBLAS, on CPUs that are younger than it, does not.
   */
  static boolean isFast(INDArray input, INDArray output) {
    return NativeBackend.select() != NativeBackend.AVX512
        || input.length() * columns(output) < FEW_PRODUCTS;
  }

  /** {@code target = left * right}. */
  static void of(INDArray left, INDArray right, INDArray target) {
    multiply(left, false, right, false, target, 0);
  }

  /** {@code target = left * transposed right}. */
  static void withTransposed(INDArray left, INDArray right, INDArray target) {
    multiply(left, false, right, true, target, 0);
  }

  /** {@code target = transposed left * right}, added to what is there if {@code add}. */
  static void ofTransposed(INDArray left, INDArray right, INDArray target, boolean add) {
    multiply(left, true, right, false, target, add ? 1 : 0);
  }

  private static void multiply(
      INDArray left,
      boolean turnLeft,
      INDArray right,
      boolean turnRight,
      INDArray target,
      float keep) {
    int columns = columns(target);
    int leftColumns = columns(left);
    int rows = turnLeft ? leftColumns : rows(left);
    int inner = turnLeft ? rows(left) : leftColumns;
    require(inner == (turnRight ? columns(right) : rows(right)), left, right, target);
    require(columns == (turnRight ? rows(right) : columns(right)), left, right, target);
    require(rows == rows(target), left, right, target);
    try {
      openblas_nolapack.cblas_sgemm(
          CblasRowMajor,
          turnLeft ? CblasTrans : CblasNoTrans,
          turnRight ? CblasTrans : CblasNoTrans,
          rows,
          columns,
          inner,
          1,
          values(left),
          leftColumns,
          values(right),
          columns(right),
          keep,
          values(target),
          columns);
    } finally {
      // What the pointers point to is freed with the arrays.
      Reference.reachabilityFence(left);
      Reference.reachabilityFence(right);
      Reference.reachabilityFence(target);
    }
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

  private static FloatPointer values(INDArray array) {
    return new FloatPointer(array.data().pointer()).position(array.offset());
  }
}
