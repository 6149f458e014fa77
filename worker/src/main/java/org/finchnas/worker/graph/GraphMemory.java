package org.finchnas.worker.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The large arrays of one graph. They live outside the Java heap, where the garbage collector feels
 * no pressure, so a graph that is done with frees them itself.
 */
final class GraphMemory {

  private final DataType type;
  private final Set<INDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

  GraphMemory(DataType type) {
    this.type = type;
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

  void free(INDArray array) {
    if (arrays.remove(array)) {
      array.close();
    }
  }

  void freeAll() {
    arrays.forEach(INDArray::close);
    arrays.clear();
  }
}
