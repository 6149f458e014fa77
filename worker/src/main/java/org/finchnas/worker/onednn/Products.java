package org.finchnas.worker.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/** Products of matrices in single precision, row by row in memory. */
public final class Products {
  private Products() {}

  /**
   * {@code target = left * right}, with either factor transposed on the way.
   *
   * @param rows of the target
   * @param columns of the target
   * @param inner length of the sums
   */
  public static void multiply(
      FloatPointer left,
      boolean turnLeft,
      FloatPointer right,
      boolean turnRight,
      FloatPointer target,
      int rows,
      int columns,
      int inner) {
    OneDnn.check(
        () ->
            dnnl.dnnl_sgemm(
                (byte) (turnLeft ? 'T' : 'N'),
                (byte) (turnRight ? 'T' : 'N'),
                rows,
                columns,
                inner,
                1,
                left,
                turnLeft ? rows : inner,
                right,
                turnRight ? inner : columns,
                0,
                target,
                columns));
  }
}
