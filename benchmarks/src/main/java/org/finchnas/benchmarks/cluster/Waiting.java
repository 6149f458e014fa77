package org.finchnas.benchmarks.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Waiting {

  private static final long STEP_MILLIS = 20;

  private Waiting() {}

  /**
   * @throws IllegalStateException if it is not so in time
   */
  static void until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not in %s: %s".formatted(limit, what));
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
