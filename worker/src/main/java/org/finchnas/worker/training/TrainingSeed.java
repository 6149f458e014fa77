package org.finchnas.worker.training;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The one number that decides everything random in a training. Each purpose has, in each epoch, a
 * generator of its own: a training continued after any epoch draws what it would have drawn.
 */
record TrainingSeed(long seed) {

  private static final int WEIGHTS = 1;
  private static final int ORDER = 2;
  private static final int AUGMENTATION = 3;

  /** For initial weights, and for layers that draw in training. */
  long graph() {
    return derive(WEIGHTS, 0);
  }

  /** For the order of images in an epoch. */
  RandomGenerator order(int epoch) {
    return new SplittableRandom(derive(ORDER, epoch));
  }

  /** For crops and flips in an epoch. */
  RandomGenerator augmentation(int epoch) {
    return new SplittableRandom(derive(AUGMENTATION, epoch));
  }

  private long derive(int purpose, int epoch) {
    return mix(mix(mix(seed) + purpose) + epoch);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
