package org.finchnas.coordinator;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Holds a search between two candidates, from any thread, without ending it. */
final class Pause {

  /** Completed while the search may go on. Guarded by this object. */
  private CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

  synchronized void begin() {
    if (open.isDone()) {
      open = new CompletableFuture<>();
    }
  }

  synchronized void end() {
    open.complete(null);
  }

  private synchronized CompletableFuture<Void> opening() {
    return open;
  }

  /**
   * Waits until it is over, or the search is halted.
   *
   * @return how long, in nanoseconds
   */
  long await(CompletableFuture<Void> halt, LongSupplier nanoClock) {
    CompletableFuture<Void> opening = opening();
    if (opening.isDone()) {
      return 0;
    }
    long start = nanoClock.getAsLong();
    // How a search was halted is its own to find out.
    CompletableFuture.anyOf(opening, halt).exceptionally(failure -> null).join();
    return Math.max(0, nanoClock.getAsLong() - start);
  }
}
