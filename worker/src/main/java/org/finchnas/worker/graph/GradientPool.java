package org.finchnas.worker.graph;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays for the gradients of activations. A fresh array costs more than several passes over its
 * values, so arrays are lent, given back and lent again; the one given back last goes first, as it
 * is still in the cache. An array may have several holders, none of which may then write to it.
 */
final class GradientPool {

  private final GraphMemory memory;
  private final Map<Long, Deque<INDArray>> free = new HashMap<>();
  private final IdentityHashMap<INDArray, Integer> holders = new IdentityHashMap<>();

  GradientPool(GraphMemory memory) {
    this.memory = memory;
  }

  /** An array of the shape, with any values in it. */
  INDArray lend(long... shape) {
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    INDArray array = free.computeIfAbsent(length, key -> new ArrayDeque<>()).pollFirst();
    if (array == null) {
      array = memory.allocate(shape);
    } else if (!Arrays.equals(array.shape(), shape)) {
      array = Ops.reshape(array, shape);
    }
    holders.put(array, 1);
    return array;
  }

  /** Adds a holder; arrays that are not the pool's are ignored. */
  void share(INDArray array) {
    holders.computeIfPresent(array, (key, count) -> count + 1);
  }

  /** Takes a holder away; arrays that are not the pool's are ignored. */
  void giveBack(INDArray array) {
    Integer count = holders.get(array);
    if (count == null) {
      return;
    }
    if (count > 1) {
      holders.put(array, count - 1);
    } else {
      holders.remove(array);
      free.computeIfAbsent(array.length(), key -> new ArrayDeque<>()).addFirst(array);
    }
  }

  /** Whether the one who asks is the only holder and may write. */
  boolean isExclusive(INDArray array) {
    return holders.getOrDefault(array, 2) == 1;
  }
}
