package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.ClusterFiles;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Reply.Orders;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * A worker's part in one run: one thread gives signs of life and takes orders, one fetches files
 * that orders need, one delivers results; the slots train meanwhile, whether the coordinator is
 * there or not.
 */
final class Assignment implements AutoCloseable {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

  /** Shorter than a coordinator's grace, so that one that was started again soon hears of us. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** What arrives damaged more often is damaged where it comes from. */
  private static final int FETCHES = 3;

  private final String worker;
  private final String run;
  private final Coordinator coordinator;
  private final TrainingSite site;
  private final RunFolder folder;
  private final Outbox outbox;
  private final WeightsStore weights;
  private final WorkerListener listener;
  private final ExecutorService fetching =
      Executors.newSingleThreadExecutor(r -> daemon(r, "fetch"));
  private final Thread delivery = daemon(this::deliver, "delivery");

  /** Results whose weights were sent unasked; belongs to the thread that delivers. */
  private final Set<String> offered = new HashSet<>();

  // Guarded by this object.
  private boolean serving;
  private final Map<String, Integer> inHand = new HashMap<>();
  private @Nullable Throwable trouble;
  private boolean draining;
  private boolean changed;
  private boolean gaveUp;
  private boolean closed;

  Assignment(
      String worker,
      String run,
      Coordinator coordinator,
      TrainingSite site,
      RunFolder folder,
      WorkerListener listener) {
    this.worker = worker;
    this.run = run;
    this.coordinator = coordinator;
    this.site = site;
    this.folder = folder;
    this.outbox = Outbox.open(folder.outbox());
    this.weights = new WeightsStore(coordinator, worker, folder.weights());
    this.listener = listener;
    delivery.start();
  }

  String run() {
    return run;
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
    setServing(true);
    boolean drained = false;
    try {
      drained = serveOn();
      return drained;
    } finally {
      setServing(drained);
    }
  }

  /** Others than the coordinator of this run must not be told its results. */
  private synchronized void setServing(boolean serving) {
    this.serving = serving;
    notifyAll();
  }

  private boolean serveOn() throws InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      requireAble();
      try {
        Reply reply = coordinator.ask(beat());
        pause = SHORTEST_PAUSE;
        if (!(reply instanceof Orders orders)) {
          return false;
        }
        orders.work().forEach(this::take);
        if (isDrained()) {
          return true;
        }
        awaitChange(orders.nextMillis());
      } catch (LinkException e) {
        if (isDrained()) {
          return true;
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
    site.close();
  }

  /** Tells all that is finished, at most so long. */
  void deliverAll(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!outbox.keys().isEmpty() && System.nanoTime() < end) {
      awaitChange(SHORTEST_PAUSE.toMillis());
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
    inHand.forEach((key, epochs) -> held.add(new Held(key, epochs)));
    outbox.keys().stream()
        .filter(key -> !inHand.containsKey(key))
        .forEach(key -> held.add(new Held(key, 0)));
    int free = draining ? 0 : Math.max(0, site.slots() - inHand.size());
    return new Request.Beat(worker, free, held);
  }

  // --- work

  private void take(Work work) {
    synchronized (this) {
      // What is not taken is not named in the next sign of life, and so given to others.
      if (closed || draining || inHand.putIfAbsent(work.key(), 0) != null) {
        return;
      }
    }
    listener.started(work);
    if (work instanceof Work.Train train) {
      train(train);
    } else {
      score((Work.Score) work);
    }
  }

  private void train(Work.Train work) {
    Candidate candidate = EvaluationJson.candidate(work.candidate());
    Start start = candidate.start();
    CompletableFuture<Void> files =
        start == null
            ? CompletableFuture.completedFuture(null)
            : CompletableFuture.runAsync(() -> fetch(start.weights()), fetching);
    files
        .thenCompose(done -> site.submit(candidate))
        .thenApply(evaluation -> new Result.Evaluated(EvaluationJson.write(evaluation)))
        .whenComplete((result, error) -> finished(work, result, error));
  }

  private void score(Work.Score work) {
    ProxyRequest request =
        new ProxyRequest(
            Architecture.parse(work.architecture()), work.fidelity(), work.seed(), work.proxies());
    site.submit(request)
        .thenApply(answer -> new Result.Scored(answer.values(), answer.lost()))
        .whenComplete((result, error) -> finished(work, result, error));
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
    synchronized (this) {
      inHand.remove(work.key());
      change();
    }
    if (failure != null) {
      boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
      fail(wrapped ? failure.getCause() : failure);
    }
  }

  /** Tries until the file is here: the coordinator may be away. */
  private void fetch(String hash) {
    int damaged = 0;
    while (true) {
      try {
        weights.fetch(hash);
        folder.trimWeights(needed());
        return;
      } catch (LinkException e) {
        pause(LONGEST_PAUSE);
      } catch (ClusterFiles.DamagedException e) {
        damaged++;
        if (damaged == FETCHES) {
          throw new UncheckedIOException(e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** On the thread that fetches, so that nothing is deleted that was just found here. */
  private void trim() {
    try {
      folder.trimWeights(needed());
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    for (Result result : outbox.results()) {
      hash(result).ifPresent(needed::add);
    }
    return needed;
  }

  private static Optional<String> hash(Result result) {
    if (result instanceof Result.Evaluated evaluated
        && EvaluationJson.evaluation(evaluated.evaluation()) instanceof Completed completed) {
      return Optional.of(completed.weights());
    }
    return Optional.empty();
  }

  // --- results

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
      fail(e);
    }
  }

  /** Returns after how many milliseconds to go on. */
  private long deliverNext() throws IOException {
    Map.Entry<String, Result> next = outbox.next().orElse(null);
    if (next == null) {
      return LONGEST_PAUSE.toMillis();
    }
    try {
      if (offered.add(next.getKey())) {
        Optional<String> hash = hash(next.getValue());
        if (hash.isPresent()) {
          weights.offer(hash.get());
        }
      }
      Reply reply = coordinator.ask(new Request.Report(worker, next.getKey(), next.getValue()));
      if (reply instanceof Reply.WantsWeights wants) {
        deliverWeights(next.getKey(), hash(next.getValue()).orElseThrow(), wants.offset());
        return 0;
      }
      if (reply instanceof Reply.Accepted) {
        outbox.remove(next.getKey());
        offered.remove(next.getKey());
        listener.delivered(next.getKey(), outbox.keys().size());
        fetching.execute(this::trim);
        return 0;
      }
      return reply instanceof Reply.Later later ? later.millis() : SHORTEST_PAUSE.toMillis();
    } catch (LinkException e) {
      return SHORTEST_PAUSE.toMillis() * 4;
    }
  }

  private void deliverWeights(String key, String hash, long offset) throws IOException {
    if (weights.has(hash)) {
      weights.send(hash, offset);
    } else {
      // Without them the result is worth nothing: not named any more, it is trained again.
      outbox.remove(key);
      listener.said("The weights of %s are gone or damaged: it is dropped.".formatted(key));
      change();
    }
  }

  /** Whether to go on. */
  private synchronized boolean awaitServing() throws InterruptedException {
    while (!serving && !closed) {
      wait();
    }
    return !closed;
  }

  private void pause(Duration time) {
    synchronized (this) {
      try {
        if (!closed && !gaveUp) {
          wait(time.toMillis());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (closed || gaveUp) {
        throw new IllegalStateException("The worker is closed.");
      }
    }
  }

  /** Gives up what is in training. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    delivery.interrupt();
    fetching.shutdownNow();
    site.close();
  }

  private static Thread daemon(Runnable runnable, String name) {
    Thread thread = new Thread(runnable, name);
    thread.setDaemon(true);
    return thread;
  }
}
