package org.finchnas.coordinator.cluster.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.WorkKeys;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Reply.Orders;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.Architecture;
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

  private final String worker;
  private final String build;
  private final Coordinator coordinator;
  private final TrainingSite site;
  private final Outbox outbox;
  private final Fetching fetching;
  private final Delivery delivery;
  private final WorkerListener listener;

  // Guarded by this object.
  private final Map<String, InHand> inHand = new HashMap<>();
  private @Nullable Throwable trouble;
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
    this.build = build;
    this.coordinator = coordinator;
    this.site = site;
    this.outbox = Outbox.open(folder.outbox());
    this.listener = listener;
    WeightsStore weights = new WeightsStore(coordinator, worker, folder.weights());
    this.fetching = new Fetching(weights, folder, this::neededWeights, this::fail);
    this.delivery = new Delivery(worker, run, coordinator, outbox, weights, new DeliveryEvents());
    delivery.start();
  }

  /** What is waited for under a key. */
  private static final class InHand {
    private final @Nullable String start;
    private int epochs;
    private @Nullable CompletableFuture<?> outcome;
    private boolean unwanted;

    /**
     * @param start content hash of the weights it begins with, if it does
     */
    private InHand(@Nullable String start) {
      this.start = start;
    }
  }

  /** What the coordinator is to know of the slots. */
  Request.Ready ready() {
    return new Request.Ready(worker, site.slots(), site.numericClass(), site.images());
  }

  /**
   * Works until it is drained, or the coordinator does not know this worker any more.
   *
   * @return whether it is drained
   * @throws RefusedException if the coordinator sends the worker away
   * @throws RuntimeException if disk or slots give up
   */
  boolean serve() throws InterruptedException {
    delivery.setServing(true);
    boolean drained = false;
    try {
      drained = serveOn();
      return drained;
    } finally {
      delivery.setServing(drained);
    }
  }

  private boolean serveOn() throws InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    int unanswered = 0;
    while (true) {
      requireAble();
      try {
        Reply reply = coordinator.ask(beat());
        pause = SHORTEST_PAUSE;
        if (unanswered >= NOTABLE_SILENCE) {
          listener.said("The coordinator answers again.");
        }
        unanswered = 0;
        if (!(reply instanceof Orders orders)) {
          return false;
        }
        orders.cancel().forEach(this::cancel);
        orders.work().forEach(this::take);
        if (isDrained()) {
          return true;
        }
        awaitChange(orders.nextMillis());
      } catch (LinkException e) {
        if (isDrained()) {
          return true;
        }
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

  /** Takes no more work; {@link #serve} returns when what is in training has ended. */
  synchronized void drain() {
    draining = true;
    change();
  }

  /** Waits, without a coordinator, until what is in training has ended. */
  void awaitDrained() throws InterruptedException {
    while (!isDrained()) {
      requireAble();
      awaitChange(LONGEST_PAUSE.toMillis());
    }
  }

  /** Ends what is in training: {@link #serve} returns at once when it is drained. */
  void giveUp() {
    synchronized (this) {
      gaveUp = true;
      change();
    }
    fetching.close();
    site.close();
  }

  /** Tells all that is finished, at most so long. */
  void deliverAll(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (outbox.size() > 0 && System.nanoTime() < end) {
      awaitChange(SHORTEST_PAUSE.toMillis());
    }
  }

  /** A training has seen all its images once more. */
  synchronized void progressed(Candidate candidate, int epochs) {
    InHand training = inHand.get(WorkKeys.of(candidate));
    if (training != null) {
      training.epochs = epochs;
    }
  }

  private synchronized boolean isDrained() {
    return draining && inHand.isEmpty();
  }

  private synchronized void requireAble() {
    if (trouble instanceof RuntimeException failure) {
      throw failure;
    }
    if (trouble != null) {
      throw new IllegalStateException(trouble.getMessage(), trouble);
    }
  }

  private synchronized void fail(Throwable reason) {
    if (trouble == null && !closed && !gaveUp) {
      trouble = reason;
    }
    change();
  }

  private synchronized void change() {
    changed = true;
    notifyAll();
  }

  private synchronized void awaitChange(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; !changed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    changed = false;
  }

  private synchronized Request.Beat beat() {
    List<Held> held = new ArrayList<>();
    inHand.forEach((key, work) -> held.add(new Held(key, work.epochs)));
    outbox
        .results()
        .forEach(
            (key, result) -> {
              if (!inHand.containsKey(key)) {
                held.add(new Held(key, result.blamesMachine() ? Held.FAILED : Held.FINISHED));
              }
            });
    int free = draining ? 0 : Math.max(0, site.slots() - inHand.size());
    return new Request.Beat(worker, free, held);
  }

  private Set<String> neededWeights() {
    Set<String> needed = new HashSet<>();
    outbox.results().values().forEach(result -> result.weights().ifPresent(needed::add));
    synchronized (this) {
      inHand.values().stream()
          .map(work -> work.start)
          .filter(Objects::nonNull)
          .forEach(needed::add);
    }
    return needed;
  }

  /** What becomes of finished work. */
  private final class DeliveryEvents implements Delivery.Events {

    @Override
    public void delivered(String key) {
      listener.delivered(key, outbox.size());
      fetching.trim();
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
      Result failure = failure(result, "Its result was not taken: " + reason);
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

  /** A machine's failure instead of a result; null if it is one already. */
  private @Nullable Result failure(Result result, String reason) {
    if (result.blamesMachine()) {
      return null;
    }
    return result instanceof Result.Evaluated evaluated
        ? failed(EvaluationJson.evaluation(evaluated.evaluation()).candidate(), reason)
        : new Result.Scored(Map.of(), true);
  }

  private Result failed(Candidate candidate, String reason) {
    return evaluated(new Failed(candidate, FailureReason.MACHINE, reason, null));
  }

  private Result evaluated(Evaluation evaluation) {
    return new Result.Evaluated(EvaluationJson.write(evaluation), build, site.numericClass());
  }

  // --- work

  private void take(Work work) {
    Candidate candidate =
        work instanceof Work.Train train ? EvaluationJson.candidate(train.candidate()) : null;
    Start start = candidate == null ? null : candidate.start();
    InHand taken = new InHand(start == null ? null : start.weights());
    synchronized (this) {
      // What is not taken is not named in the next sign of life, and so given to others.
      if (closed || draining || inHand.putIfAbsent(work.key(), taken) != null) {
        return;
      }
    }
    listener.started(work);
    if (candidate != null) {
      train(work, candidate, taken);
    } else {
      score((Work.Score) work);
    }
  }

  private void train(Work work, Candidate candidate, InHand taken) {
    CompletableFuture<Void> files =
        taken.start == null ? CompletableFuture.completedFuture(null) : fetching.fetch(taken.start);
    CompletableFuture<?> unused =
        files
            .thenCompose(done -> submit(candidate, taken))
            .thenApply(this::evaluated)
            .exceptionally(error -> unusable(candidate, error))
            .whenComplete((result, error) -> finished(work, result, error));
  }

  /** The coordinator knows whether it is to blame for weights that cannot be used. */
  private Result unusable(Candidate candidate, Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof Fetching.UnusableException) {
      return failed(candidate, String.valueOf(cause.getMessage()));
    }
    throw error instanceof CompletionException completion
        ? completion
        : new CompletionException(error);
  }

  private CompletableFuture<Evaluation> submit(Candidate candidate, InHand taken) {
    CompletableFuture<Evaluation> outcome = site.submit(candidate);
    boolean unwanted;
    synchronized (this) {
      taken.outcome = outcome;
      unwanted = taken.unwanted;
    }
    if (unwanted) {
      outcome.cancel(true);
    }
    return outcome;
  }

  private void score(Work.Score work) {
    ProxyRequest request =
        new ProxyRequest(
            Architecture.parse(work.architecture()), work.fidelity(), work.seed(), work.proxies());
    CompletableFuture<?> unused =
        site.submit(request)
            .thenApply(answer -> new Result.Scored(answer.values(), answer.lost()))
            .whenComplete((result, error) -> finished(work, result, error));
  }

  /** Nobody wants it any more: it is known, or another worker is further with it. */
  private void cancel(String key) {
    CompletableFuture<?> outcome;
    synchronized (this) {
      InHand work = inHand.get(key);
      if (work == null) {
        return;
      }
      work.unwanted = true;
      outcome = work.outcome;
    }
    if (outcome != null) {
      outcome.cancel(true);
    }
  }

  /** Runs on the slot's thread, so that the result is durable before the slot goes on. */
  private void finished(Work work, @Nullable Result result, @Nullable Throwable error) {
    Throwable failure = error;
    try {
      if (result != null) {
        outbox.put(work.key(), result);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    boolean wanted;
    synchronized (this) {
      InHand done = inHand.remove(work.key());
      wanted = done == null || !done.unwanted;
      change();
    }
    if (failure != null && wanted) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
      fail(cause == null ? failure : cause);
    }
  }

  /** Gives up what is in training. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    delivery.close();
    fetching.close();
    site.close();
  }
}
