package org.finchnas.worker.graph;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.finchnas.worker.NativeBackend;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The values of arrays in single precision, in place. */
public final class Floats {
  private Floats() {}

  /**
   * The values of a contiguous array, which may be a view.
   *
   * @throws IllegalStateException if they do not lie in the memory of this process
   */
  static FloatBuffer of(INDArray array) {
    if (!NativeBackend.select().isOnHost()) {
      throw new IllegalStateException(
          "%s keeps its arrays on a device, so nothing may loop over them here."
              .formatted(NativeBackend.select()));
    }
    FloatBuffer memory = array.data().pointer().asByteBuffer().asFloatBuffer();
    return memory.slice(Math.toIntExact(array.offset()), Math.toIntExact(array.length()));
  }

  /**
   * Where the values of a contiguous array begin, which may be a view; good as long as the array.
   */
  static FloatPointer pointer(INDArray array) {
    // An address of its own: what takes a void pointer counts a position in bytes.
    return new FloatPointer(array.data().pointer()).getPointer(array.offset());
  }

  /** Keeps arrays from being freed while native code uses their {@link #pointer}. */
  @SuppressWarnings("ReachabilityFenceUsage") // native code that throws uses nothing any more
  static void keepUntilHere(@Nullable INDArray... arrays) {
    for (INDArray array : arrays) {
      Reference.reachabilityFence(array);
    }
  }

  /** A copy of the values of a contiguous array, which may be a view, wherever it lies. */
  public static float[] values(INDArray array) {
    if (!NativeBackend.select().isOnHost()) {
      return array.dup('c').data().asFloat();
    }
    float[] values = new float[Math.toIntExact(array.length())];
    of(array).get(values);
    return values;
  }

  /** A copy of a few values of any precision; ND4J takes long to read them one by one. */
  static double[] read(INDArray array) {
    if (!isLoopable(array)) {
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
    if (!isLoopable(array)) {
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

  private static boolean isLoopable(INDArray array) {
    return array.dataType() == DataType.FLOAT && NativeBackend.select().isOnHost();
  }

  /**
   * Copies the first of some values into a contiguous array, wherever it lies.
   *
   * @param values at least as many as the array's
   */
  public static void copy(float[] values, INDArray target) {
    int length = Math.toIntExact(target.length());
    if (NativeBackend.select().isOnHost()) {
      of(target).put(values, 0, length);
    } else {
      float[] all = values.length == length ? values : Arrays.copyOf(values, length);
      target.assign(Ops.reshape(Nd4j.createFromArray(all), target.shape()));
    }
  }
}
