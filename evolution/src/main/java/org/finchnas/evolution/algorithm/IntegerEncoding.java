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
}
