package org.finchnas.coordinator.cluster.worker;

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
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/** What a worker was asked to do and its slots have not done yet. Used by several threads. */
final class WorkInHand {

  private final TrainingSite site;
  private final Outbox outbox;
  private final Fetching fetching;
  private final Results results;
  private final WorkerListener listener;
  private final Events events;

  // Guarded by this object.
  private final Map<String, Piece> pieces = new HashMap<>();
  private boolean takesMore = true;

  /** Told by whatever thread it happens on. */
  interface Events {

    /** Something was done, or nobody wants it any more. */
    void changed();

    /** Disk or slots gave up. */
    void broke(Throwable reason);
  }

  WorkInHand(
      TrainingSite site,
      Outbox outbox,
      Fetching fetching,
      Results results,
      WorkerListener listener,
      Events events) {
    this.site = site;
    this.outbox = outbox;
    this.fetching = fetching;
    this.results = results;
    this.listener = listener;
    this.events = events;
  }

  /** What is waited for under a key. */
  private static final class Piece {
    private final @Nullable String start;
    private int epochs;
    private @Nullable CompletableFuture<?> outcome;
    private boolean unwanted;

    /**
     * @param start content hash of the weights it begins with, if it does
     */
    private Piece(@Nullable String start) {
      this.start = start;
    }
  }

  synchronized void takeNoMore() {
    takesMore = false;
  }

  /** Whether all is done, and nothing more will be taken. */
  synchronized boolean isDrained() {
    return !takesMore && pieces.isEmpty();
  }

  /** How many slots have nothing to do and may get something. */
  synchronized int free() {
    return takesMore ? Math.max(0, site.slots() - pieces.size()) : 0;
  }

  /** How far it is with each. */
  synchronized List<Held> held() {
    List<Held> held = new ArrayList<>();
    pieces.forEach((key, piece) -> held.add(new Held(key, piece.epochs)));
    return held;
  }

  /** Hashes of the weights that trainings begin with. */
  synchronized Set<String> starts() {
    Set<String> starts = new HashSet<>();
    pieces.values().stream()
        .map(piece -> piece.start)
        .filter(Objects::nonNull)
        .forEach(starts::add);
    return starts;
  }

  /** A training has seen all its images once more. */
  synchronized void progressed(Candidate candidate, int epochs) {
    Piece training = pieces.get(WorkKeys.of(candidate));
    if (training != null) {
      training.epochs = epochs;
    }
  }

  /**
   * Has something done, unless it is in hand already or nothing more is taken. What is not taken is
   * not named in the next sign of life, and so given to others.
   */
  void take(Work work) {
    Candidate candidate =
        work instanceof Work.Train train ? EvaluationJson.candidate(train.candidate()) : null;
    Start start = candidate == null ? null : candidate.start();
    Piece taken = new Piece(start == null ? null : start.weights());
    synchronized (this) {
      if (!takesMore || pieces.putIfAbsent(work.key(), taken) != null) {
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

  private void train(Work work, Candidate candidate, Piece taken) {
    CompletableFuture<Void> files =
        taken.start == null ? CompletableFuture.completedFuture(null) : fetching.fetch(taken.start);
    CompletableFuture<?> unused =
        files
            .thenCompose(done -> submit(candidate, taken))
            .<Result>thenApply(results::of)
            .exceptionally(error -> unusable(candidate, error))
            .whenComplete((result, error) -> finished(work, result, error));
  }

  /** The coordinator knows whether it is to blame for weights that cannot be used. */
  private Result unusable(Candidate candidate, Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof Fetching.UnusableException) {
      return results.failure(candidate, String.valueOf(cause.getMessage()));
    }
    throw error instanceof CompletionException completion
        ? completion
        : new CompletionException(error);
  }

  private CompletableFuture<Evaluation> submit(Candidate candidate, Piece taken) {
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
  void cancel(String key) {
    CompletableFuture<?> outcome;
    synchronized (this) {
      Piece piece = pieces.get(key);
      if (piece == null) {
        return;
      }
      piece.unwanted = true;
      outcome = piece.outcome;
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
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    boolean wanted;
    synchronized (this) {
      Piece done = pieces.remove(work.key());
      wanted = done == null || !done.unwanted;
    }
    events.changed();
    if (failure != null && wanted) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
      events.broke(cause == null ? failure : cause);
    }
  }
}
