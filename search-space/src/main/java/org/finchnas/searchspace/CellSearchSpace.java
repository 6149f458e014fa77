package org.finchnas.searchspace;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All architectures of two cells with a given number of blocks over given operations.
 *
 * @param cellsPerStack the choices for N
 * @param initialFilters the choices for F
 */
public record CellSearchSpace(
    List<Operation> operations,
    int blocks,
    List<Integer> cellsPerStack,
    List<Integer> initialFilters,
    Stem stem,
    int imageSize) {

  public CellSearchSpace {
    operations = List.copyOf(operations);
    cellsPerStack = List.copyOf(cellsPerStack);
    initialFilters = List.copyOf(initialFilters);
  }

  /** The positions of the encoding, in order. */
  public List<Gene> genes() {
    throw new UnsupportedOperationException("genes");
  }

  /** The architecture that the values of {@link #genes} stand for; concat is all unused blocks. */
  public Architecture decode(int[] values) {
    throw new UnsupportedOperationException("decode");
  }

  /**
   * The inverse of {@link #decode}.
   *
   * @throws IllegalArgumentException if the architecture lies outside this space; says why
   */
  public int[] encode(Architecture architecture) {
    throw new UnsupportedOperationException("encode");
  }

  /** An architecture whose genes are drawn uniformly. */
  public Architecture sample(RandomGenerator random) {
    throw new UnsupportedOperationException("sample");
  }
}
