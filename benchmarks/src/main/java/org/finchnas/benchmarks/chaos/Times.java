package org.finchnas.benchmarks.chaos;

import java.time.Duration;
import java.util.Random;

/** How long disturbances take and how far apart they are. */
final class Times {

  private static final int SHORTEST_MILLIS = 1000;
  private static final int LONGEST_MILLIS = 30_000;

  private Times() {}

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
