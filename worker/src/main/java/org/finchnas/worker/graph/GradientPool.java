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
  private final IdentityHashMap<INDArray, Loan> loans = new IdentityHashMap<>();

  /**
   * What is lent.
   *
   * @param owned the array as it was allocated, which may be lent in another shape. It and not the
   *     lent one is kept: each reshaping of a reshaped array would make every later operation on it
   *     slower, since ND4J asks the whole chain whether it was closed
   */
  private record Loan(INDArray owned, int holders) {}

  GradientPool(GraphMemory memory) {
    this.memory = memory;
  }

  /** An array of the shape, with any values in it. */
  INDArray lend(long... shape) {
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    INDArray owned = free.computeIfAbsent(length, key -> new ArrayDeque<>()).pollFirst();
    if (owned == null) {
      owned = memory.allocate(shape);
    }
    INDArray lent = Arrays.equals(owned.shape(), shape) ? owned : Ops.reshape(owned, shape);
    loans.put(lent, new Loan(owned, 1));
    return lent;
  }

  /** Adds a holder; arrays that are not the pool's are ignored. */
  void share(INDArray array) {
    loans.computeIfPresent(array, (key, loan) -> new Loan(loan.owned(), loan.holders() + 1));
  }

  /** Takes a holder away; arrays that are not the pool's are ignored. */
  void giveBack(INDArray array) {
    Loan loan = loans.get(array);
    if (loan == null) {
      return;
    }
    if (loan.holders() > 1) {
      loans.put(array, new Loan(loan.owned(), loan.holders() - 1));
    } else {
      loans.remove(array);
      INDArray owned = loan.owned();
      free.computeIfAbsent(owned.length(), key -> new ArrayDeque<>()).addFirst(owned);
    }
  }

  /** Whether the one who asks is the only holder and may write. */
  boolean isExclusive(INDArray array) {
    Loan loan = loans.get(array);
    return loan != null && loan.holders() == 1;
  }
}
