package org.finchnas.coordinator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Flights whose training ended, in that order; several threads add, one takes. */
final class Arrivals {

  private final Deque<Flight> arrived = new ArrayDeque<>();

  /** Not final: what the taker waits for, while nothing has arrived. */
  private @Nullable CompletableFuture<Flight> awaited;

  synchronized void add(Flight flight) {
    if (awaited == null) {
      arrived.addLast(flight);
    } else {
      awaited.complete(flight);
      awaited = null;
    }
  }

  /** Takes the next. What is taken before it has arrived must be waited for. */
  synchronized CompletableFuture<Flight> take() {
    if (!arrived.isEmpty()) {
      return CompletableFuture.completedFuture(arrived.removeFirst());
    }
    CompletableFuture<Flight> next = new CompletableFuture<>();
    awaited = next;
    return next;
  }
}
