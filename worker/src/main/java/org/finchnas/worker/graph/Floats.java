package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values of arrays in single precision, in place. */
public final class Floats {
  private Floats() {}

  /** The values of a contiguous array, which may be a view. */
  static FloatBuffer of(INDArray array) {
    FloatBuffer memory = array.data().pointer().asByteBuffer().asFloatBuffer();
    return memory.slice(Math.toIntExact(array.offset()), Math.toIntExact(array.length()));
  }

  /** A copy of the values of a contiguous array, which may be a view. */
  public static float[] values(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    of(array).get(values);
    return values;
  }
}
