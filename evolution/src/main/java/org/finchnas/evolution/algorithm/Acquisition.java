package org.finchnas.evolution.algorithm;

/**
 * What it is worth to evaluate an architecture next.
 *
 * @param <A> what is searched
 */
interface Acquisition<A> {

  /** A guess at the worth without uncertainty, which is had in less time; orders candidates. */
  double atMean(A architecture);

  /** The worth; orders candidates. */
  double of(A architecture);
}
