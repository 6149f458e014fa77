package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;

/**
 * Tells the coordinator what is in the outbox, on a thread of its own, again and again until it is
 * acknowledged.
 */
final class Delivery implements AutoCloseable {

  private static final long SHORTEST_PAUSE_MILLIS = 250;
  private static final long LINK_PAUSE_MILLIS = 1000;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final String worker;
  private final Coordinator coordinator;
  private final Outbox outbox;
  private final WeightsStore weights;
  private final Consumer<String> delivered;
  private final Consumer<String> dropped;
  private final Consumer<Throwable> trouble;
  private final Thread thread = new Thread(this::deliver, "delivery");

  /** Results whose weights were sent unasked; belongs to the thread. */
  private final Set<String> offered = new HashSet<>();

  // Guarded by this object.
  private boolean serving;
  private boolean closed;

  /**
   * @param delivered hears what the coordinator has
   * @param dropped hears what is worth nothing any more
   * @param trouble hears what nobody here can mend
   */
  Delivery(
      String worker,
      Coordinator coordinator,
      Outbox outbox,
      WeightsStore weights,
      Consumer<String> delivered,
      Consumer<String> dropped,
      Consumer<Throwable> trouble) {
    this.worker = worker;
    this.coordinator = coordinator;
    this.outbox = outbox;
    this.weights = weights;
    this.delivered = delivered;
    this.dropped = dropped;
    this.trouble = trouble;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Others than the coordinator of this run must not be told its results. */
  synchronized void setServing(boolean serving) {
    this.serving = serving;
    notifyAll();
  }

  private void deliver() {
    try {
      while (awaitServing()) {
        long pause = deliverNext();
        if (pause > 0) {
          outbox.awaitNews(pause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | IOException e) {
      trouble.accept(e);
    }
  }

  /** Whether to go on. */
  private synchronized boolean awaitServing() throws InterruptedException {
    while (!serving && !closed) {
      wait();
    }
    return !closed;
  }

  /** Returns after how many milliseconds to go on. */
  private long deliverNext() throws IOException {
    Map.Entry<String, Result> next = outbox.next().orElse(null);
    if (next == null) {
      return LONGEST_PAUSE_MILLIS;
    }
    try {
      offerWeights(next.getKey(), next.getValue());
      Reply reply = coordinator.ask(new Request.Report(worker, next.getKey(), next.getValue()));
      if (reply instanceof Reply.WantsWeights wants) {
        deliverWeights(next.getKey(), next.getValue(), wants.offset());
        return 0;
      }
      if (reply instanceof Reply.Accepted) {
        outbox.remove(next.getKey());
        offered.remove(next.getKey());
        delivered.accept(next.getKey());
        return 0;
      }
      return reply instanceof Reply.Later later ? later.millis() : SHORTEST_PAUSE_MILLIS;
    } catch (LinkException e) {
      return LINK_PAUSE_MILLIS;
    }
  }

  /** The first time, small ones go ahead of their result: that saves asking for them. */
  private void offerWeights(String key, Result result) throws IOException {
    if (offered.add(key)) {
      Optional<String> hash = result.weights();
      if (hash.isPresent()) {
        weights.offer(hash.get());
      }
    }
  }

  private void deliverWeights(String key, Result result, long offset) throws IOException {
    String hash = result.weights().orElseThrow();
    if (weights.has(hash)) {
      weights.send(hash, offset);
    } else {
      // Without them the result is worth nothing: not named any more, it is trained again.
      outbox.remove(key);
      dropped.accept(key);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
