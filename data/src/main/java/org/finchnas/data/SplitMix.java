package org.finchnas.data;

/**
 * SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195), written out because the JDK
 * does not promise that its generators draw the same numbers in every release, and the images of
 * {@link Shapes} must not change with it.
 */
final class SplitMix {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state; // the one thing a generator is for

  SplitMix(long seed) {
    state = seed;
  }

  /** A generator of its own for each (seed, stream, index). */
  static SplitMix of(long seed, long stream, long index) {
    return new SplitMix(mix(mix(mix(seed) + stream) + index));
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return scramble(state);
  }

  /** Uniform in [0, 1). */
  double next() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * next();
  }

  /** Uniform in 0 … bound - 1. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(nextLong(), bound);
  }

  boolean chance(double probability) {
    return next() < probability;
  }

  /** The first number drawn from a seed. */
  static long mix(long seed) {
    return scramble(seed + GOLDEN_GAMMA);
  }

  private static long scramble(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
