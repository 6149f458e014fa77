package org.finchnas.worker.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.finchnas.worker.NativeBackend;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The large arrays of one graph. They live outside the Java heap, where the garbage collector feels
 * no pressure, so a graph that is done with frees them itself.
 */
final class GraphMemory {

  private final DataType type;
  private final boolean loops;
  private @Nullable INDArray scratch;
  private final List<Runnable> closes = new ArrayList<>();
  private final Set<INDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param loops see {@link #allowsLoops}
   */
  GraphMemory(DataType type, boolean loops) {
    this.type = type;
    this.loops = loops;
  }

  /** The fastest on this backend: with loops for single precision in the memory of this process. */
  static GraphMemory of(DataType type) {
    return new GraphMemory(type, type == DataType.FLOAT && NativeBackend.select().isOnHost());
  }

  /**
   * Whether kernels may loop over the values themselves, through {@link Floats}. Otherwise they
   * leave all work to ND4J's operations: on a GPU the values lie elsewhere, and in double precision
   * the operations are what loops are checked against.
   */
  boolean allowsLoops() {
    return loops;
  }

  DataType type() {
    return type;
  }

  /** An array with any values in it. */
  INDArray allocate(long... shape) {
    INDArray array = Nd4j.createUninitialized(type, shape);
    arrays.add(array);
    return array;
  }

  /**
   * Room for what a kernel computes on the way, for all kernels the same: whoever asks next gets
   * it.
   */
  INDArray scratch(long length) {
    INDArray all = scratch;
    if (all == null || all.length() < length) {
      if (all != null) {
        free(all);
      }
      all = allocate(length);
      scratch = all;
    }
    return all.length() == length ? all : all.get(NDArrayIndex.interval(0, length));
  }

  /** Closes something of the graph's with its arrays. */
  void closeAtEnd(Runnable close) {
    closes.add(close);
  }

  void free(INDArray array) {
    if (arrays.remove(array)) {
      array.close();
    }
  }

  void freeAll() {
    closes.forEach(Runnable::run);
    closes.clear();
    arrays.forEach(INDArray::close);
    arrays.clear();
  }
}
