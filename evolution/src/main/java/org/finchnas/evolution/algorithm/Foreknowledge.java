package org.finchnas.evolution.algorithm;

/**
 * What is known of an architecture before it is evaluated.
 *
 * @param <A> what is searched
 */
public interface Foreknowledge<A> {

  /**
   * By what shares of their limits its costs lie above them, summed over the constraints (Deb et
   * al. 2002, doi:10.1109/4235.996017, section VI); infinite if it cannot be built at all.
   *
   * @return 0 for what will be evaluated
   */
  double violation(A architecture);

  /** Which limit an architecture breaks most, or why it cannot be built; for people. */
  String reason(A architecture);

  /**
   * One value for each objective of the search, in order: NaN where only an evaluation tells.
   *
   * @param architecture without violation
   */
  double[] scores(A architecture);

  /** Equal for twins: architectures that are one network, whose evaluations teach the same. */
  Object identity(A architecture);

  /** Whether an architecture breaks no constraint and will be evaluated. */
  default boolean allows(A architecture) {
    return violation(architecture) == 0;
  }
}
