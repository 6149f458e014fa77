package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;

/**
 * Tells the coordinator what is in the outbox, on a thread of its own, again and again until it is
 * acknowledged.
 */
final class Delivery implements AutoCloseable {

  private static final byte[] NONE = {};
  private static final long SHORTEST_PAUSE_MILLIS = 250;
  private static final long LINK_PAUSE_MILLIS = 1000;
  private static final long LONGEST_PAUSE_MILLIS = 2000;
  private static final int TRIES = 3;

  private final String worker;
  private final String run;
  private final Coordinator coordinator;
  private final Outbox outbox;
  private final WeightsStore weights;
  private final Events events;
  private final Thread thread = new Thread(this::deliver, "delivery");

  // All three belong to the thread.
  /** Results whose weights were sent unasked. */
  private final Set<String> offered = new HashSet<>();

  /** How often the coordinator could make nothing of the weights of a result. */
  private final Map<String, Integer> weightsRefused = new HashMap<>();

  /** How many results in a row the coordinator did not want yet. */
  private int postponed;

  // Guarded by this object.
  private boolean serving;
  private boolean closed;

  /** Told on the delivery's thread. */
  interface Events {

    /** The coordinator has it. */
    void delivered(String key);

    /** It is worth nothing any more: its weights are gone or damaged. */
    void dropped(String key);

    /** The coordinator will never take it; it is still in the outbox. */
    void rejected(String key, Result result, String reason);

    /** What nobody here can mend; nothing is delivered any more. */
    void broke(Throwable reason);
  }

  Delivery(
      String worker,
      String run,
      Coordinator coordinator,
      Outbox outbox,
      WeightsStore weights,
      Events events) {
    this.worker = worker;
    this.run = run;
    this.coordinator = coordinator;
    this.outbox = outbox;
    this.weights = weights;
    this.events = events;
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
    } catch (RuntimeException | IOException | Error e) {
      // This thread's end: nobody would ever hear of what waits here.
      events.broke(e);
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
      byte[] sent = smallWeights(next.getKey(), next.getValue());
      Reply reply =
          coordinator.ask(new Request.Report(worker, run, next.getKey(), next.getValue(), sent));
      if (reply instanceof Reply.WantsWeights wants) {
        return deliverWeights(next.getKey(), next.getValue(), wants.offset());
      }
      if (reply instanceof Reply.Accepted) {
        if (forget(next.getKey(), next.getValue())) {
          events.delivered(next.getKey());
        }
        return 0;
      }
      if (reply instanceof Reply.Invalid invalid) {
        return reject(next.getKey(), next.getValue(), invalid);
      }
      return reply instanceof Reply.Later later ? postpone(later) : SHORTEST_PAUSE_MILLIS;
    } catch (LinkException e) {
      return LINK_PAUSE_MILLIS;
    }
  }

  private long reject(String key, Result result, Reply.Invalid invalid) {
    offered.remove(key);
    weightsRefused.remove(key);
    events.rejected(key, result, invalid.reason());
    return 0;
  }

  /** Whether nothing newer has that name. */
  private boolean forget(String key, Result result) {
    offered.remove(key);
    weightsRefused.remove(key);
    postponed = 0;
    return outbox.remove(key, result);
  }

  /** Others have their turn before it is waited for. */
  private long postpone(Reply.Later later) {
    postponed++;
    if (postponed < outbox.size()) {
      return 0;
    }
    postponed = 0;
    return later.millis();
  }

  /** The first time, small ones go with their result: that saves asking for them. */
  private byte[] smallWeights(String key, Result result) throws IOException {
    Optional<String> hash = offered.add(key) ? result.weights() : Optional.empty();
    return hash.isEmpty() ? NONE : weights.onePiece(hash.get()).orElse(NONE);
  }

  /** Returns after how many milliseconds to go on. */
  private long deliverWeights(String key, Result result, long offset) throws IOException {
    String hash = result.weights().orElseThrow();
    if (weights.has(hash)) {
      Reply reply = weights.send(hash, offset);
      // Once or twice they may have been damaged on their way.
      if (reply instanceof Reply.Invalid invalid
          && weightsRefused.merge(key, 1, Integer::sum) >= TRIES) {
        return reject(key, result, invalid);
      }
      return reply instanceof Reply.Accepted ? 0 : LINK_PAUSE_MILLIS;
    }
    // Without them the result is worth nothing: not named any more, it is trained again.
    if (forget(key, result)) {
      events.dropped(key);
    }
    return 0;
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
