package org.finchnas.benchmarks.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What is left to chance: who is struck, for how long, and when next. */
final class Draws {

  private static final int SHORTEST_MILLIS = 1000;
  private static final int LONGEST_MILLIS = 30_000;

  private Draws() {}

  /** Any of these, each as likely. */
  static <T> T oneOf(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  /** Uniformly distributed. */
  static Duration between1And30Seconds(Random random) {
    return Duration.ofMillis(
        SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS + 1));
  }

  /** Exponentially distributed: at any moment the next one is equally near. */
  static Duration exponential(Duration mean, Random random) {
    return Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * mean.toNanos()));
  }
}
