package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Reply.Orders;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.evaluation.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * A worker's part in one run: gives signs of life, takes orders, and has them done by its slots,
 * whether the coordinator is there or not.
 */
final class Assignment implements AutoCloseable {

  /** A message may be lost; this many in a row are worth a word. */
  private static final int NOTABLE_SILENCE = 2;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

  /** Shorter than a coordinator's grace, so that one that was started again soon hears of us. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** How long a worker that goes tries to tell what it has finished. */
  private static final Duration LAST_DELIVERY = Duration.ofSeconds(5);

  private final String worker;
  private final Coordinator coordinator;
  private final TrainingSite site;
  private final Outbox outbox;
  private final Results results;
  private final Fetching fetching;
  private final WorkInHand work;
  private final Delivery delivery;
  private final WorkerListener listener;

  // Guarded by this object.
  private @Nullable Throwable trouble;
  private @Nullable Long drainedNanos;
  private boolean draining;
  private boolean changed;
  private boolean gaveUp;
  private boolean closed;

  Assignment(
      String worker,
      String build,
      String run,
      Coordinator coordinator,
      TrainingSite site,
      RunFolder folder,
      WorkerListener listener) {
    this.worker = worker;
    this.coordinator = coordinator;
    this.site = site;
    this.outbox = Outbox.open(folder.outbox());
    this.results = new Results(build, site.numericClass());
    this.listener = listener;
    WeightsStore weights = new WeightsStore(coordinator, worker, folder.weights());
    this.fetching = new Fetching(weights, folder, this::neededWeights, this::fail);
    this.work = new WorkInHand(site, outbox, fetching, results, listener, new WorkEvents());
    this.delivery = new Delivery(worker, run, coordinator, outbox, weights, new DeliveryEvents());
    outbox.unreadable().forEach(this::tellUnreadable);
    delivery.start();
  }

  private void tellUnreadable(Path file, IOException reason) {
    listener.said(
        "%s cannot be read (%s): it is kept, and its candidate trained again."
            .formatted(file, reason.getMessage()));
  }

  /** What the coordinator is to know of the slots. */
  Request.Ready ready() {
    return new Request.Ready(worker, site.slots(), site.numericClass(), site.images());
  }

  /**
   * Works until nothing is left to do ({@link #isDone}), or the coordinator does not know this
   * worker any more.
   *
   * @throws RefusedException if the coordinator sends the worker away
   * @throws RuntimeException if disk or slots give up
   */
  void serve() throws InterruptedException {
    delivery.setServing(true);
    try {
      serveOn();
    } finally {
      delivery.setServing(false);
    }
  }

  private void serveOn() throws InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    int unanswered = 0;
    while (!isDone()) {
      try {
        Reply reply = coordinator.ask(beat());
        pause = SHORTEST_PAUSE;
        if (unanswered >= NOTABLE_SILENCE) {
          listener.said("The coordinator answers again.");
        }
        unanswered = 0;
        if (!(reply instanceof Orders orders)) {
          return;
        }
        orders.cancel().forEach(work::cancel);
        orders.work().forEach(work::take);
        if (!isDone()) {
          awaitChange(orders.nextMillis());
        }
      } catch (LinkException e) {
        unanswered++;
        if (unanswered == NOTABLE_SILENCE) {
          listener.said(
              "No answer (%s). Training goes on, and results are kept until there is one."
                  .formatted(e.getMessage()));
        }
        awaitChange(pause.toMillis());
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      }
    }
  }

  /** Takes no more work: it is done soon after what is in training has ended. */
  void drain() {
    work.takeNoMore();
    synchronized (this) {
      draining = true;
    }
    change();
  }

  /** Ends what is in training. */
  void giveUp() {
    synchronized (this) {
      gaveUp = true;
    }
    change();
    fetching.close();
    site.close();
  }

  /**
   * Whether this worker is to go and nothing keeps it: all is finished, and told if the coordinator
   * could be told for a while.
   *
   * @throws RuntimeException if disk or slots gave up
   */
  synchronized boolean isDone() {
    requireAble();
    if (!work.isDrained()) {
      return false;
    }
    long now = System.nanoTime();
    drainedNanos = drainedNanos == null ? now : drainedNanos;
    return outbox.size() == 0 || now - drainedNanos >= LAST_DELIVERY.toNanos();
  }

  /** A training has seen all its images once more. */
  void progressed(Candidate candidate, int epochs) {
    work.progressed(candidate, epochs);
  }

  private synchronized void requireAble() {
    if (trouble instanceof RuntimeException failure) {
      throw failure;
    }
    if (trouble != null) {
      String message = trouble.getMessage();
      throw new IllegalStateException(message == null ? trouble.toString() : message, trouble);
    }
  }

  private void fail(Throwable reason) {
    synchronized (this) {
      if (trouble == null && !closed && !gaveUp) {
        trouble = reason;
      }
    }
    change();
  }

  private synchronized void change() {
    changed = true;
    notifyAll();
  }

  /** Waits until something happens that the coordinator should know soon, at most so long. */
  synchronized void awaitChange(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; !changed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    changed = false;
  }

  private Request.Beat beat() {
    int free = work.free();
    // In this order: what is finished meanwhile is in the outbox before it is not in hand any more.
    List<Held> held = new ArrayList<>(work.held());
    Set<String> inHand = held.stream().map(Held::key).collect(Collectors.toSet());
    outbox
        .results()
        .forEach(
            (key, result) -> {
              if (!inHand.contains(key)) {
                held.add(new Held(key, result.blamesMachine() ? Held.FAILED : Held.FINISHED));
              }
            });
    return new Request.Beat(worker, free, held);
  }

  private Set<String> neededWeights() {
    Set<String> needed = new HashSet<>(work.starts());
    outbox.results().values().forEach(result -> result.weights().ifPresent(needed::add));
    return needed;
  }

  private final class WorkEvents implements WorkInHand.Events {

    @Override
    public void changed() {
      change();
    }

    @Override
    public void broke(Throwable reason) {
      fail(reason);
    }
  }

  /** What becomes of finished work. */
  private final class DeliveryEvents implements Delivery.Events {

    @Override
    public void delivered(String key) {
      listener.delivered(key, outbox.size());
      fetching.trim();
      changeIfDraining();
    }

    @Override
    public void dropped(String key) {
      listener.said("The weights of %s are gone or damaged: it is dropped.".formatted(key));
      change();
    }

    /** Told as a failure of this machine instead: the coordinator decides what follows. */
    @Override
    public void rejected(String key, Result result, String reason) {
      listener.said("The coordinator does not take the result of %s: %s".formatted(key, reason));
      Result failure = results.failure(result, "Its result was not taken: " + reason);
      if (failure == null) {
        boolean unused = outbox.remove(key, result);
      } else {
        outbox.put(key, failure);
      }
      change();
    }

    @Override
    public void broke(Throwable reason) {
      fail(reason);
    }
  }

  /** While there is more to do, a delivery is no reason for another message. */
  private synchronized void changeIfDraining() {
    if (draining) {
      change();
    }
  }

  /** Gives up what is in training. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    work.takeNoMore();
    delivery.close();
    fetching.close();
    site.close();
  }
}
