package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
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

  /** A copy of a few values of any precision; ND4J takes long to read them one by one. */
  static double[] read(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      return array.toDoubleVector();
    }
    FloatBuffer from = of(array);
    double[] values = new double[from.limit()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from.get(i);
    }
    return values;
  }

  /** Overwrites a few values of any precision. */
  static void write(double[] values, INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      for (int i = 0; i < values.length; i++) {
        array.putScalar(i, values[i]);
      }
      return;
    }
    FloatBuffer to = of(array);
    for (int i = 0; i < values.length; i++) {
      to.put(i, (float) values[i]);
    }
  }
}
