package org.finchnas.evolution.algorithm;

import java.util.List;

/** Architectures as integers; all combinations of values are valid. */
public interface IntegerEncoding<A> {

  List<Locus> loci();

  /**
   * @param values one for each locus, within its choices
   */
  A decode(int[] values);

  /** The inverse of {@link #decode}. */
  int[] encode(A architecture);

  /**
   * Loci of one group are inherited together from one parent; by default each is a group of its
   * own.
   *
   * @return any number, equal within a group
   */
  default int group(int locus) {
    return locus;
  }
}
