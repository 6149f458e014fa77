package org.finchnas.coordinator.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;

/** A piece of work that somebody waits for. Guarded by its {@link Dispatcher}. */
abstract sealed class Job {

  private final Work work;
  private final long turn;

  /** Workers that have it in hand: usually one, more after one was given up too early. */
  final Map<String, Member> holders = new HashMap<>();

  /** Workers that failed at it. */
  final Set<String> failedAt = new HashSet<>();

  /** Those of them that did not get it again since: what they tell is what they told before. */
  final Set<String> toldFailure = new HashSet<>();

  /** When a worker last failed at it. */
  long failedNanos;

  /** Workers that were lost with it and were not heard of since. */
  final Set<String> lostWith = new HashSet<>();

  /** How often a worker lost all slots it tried it in. */
  int timesFailed;

  /** What went wrong so far: told twice it counts once, for attempts differ in when they began. */
  final Set<Failed> failures = new HashSet<>();

  /** Only devices with more memory than this may try it. */
  long memoryAbove;

  /** Whether its outcome was told to whoever waits for it, who may not have kept it yet. */
  boolean told;

  private Job(Work work, long turn) {
    this.work = work;
    this.turn = turn;
  }

  Work work() {
    return work;
  }

  /** Its place among those of its kind, from 0. */
  long turn() {
    return turn;
  }

  String key() {
    return work.key();
  }

  /** Whether somebody should work on it and nobody does. */
  boolean isOpen() {
    return holders.isEmpty() && !told;
  }

  /** A worker failed at it, and it is to be tried again. */
  void triedAgain(Member failedAt, long nowNanos) {
    toldFailure.add(failedAt.id());
    failedNanos = nowNanos;
  }

  /** Ends the wait for it: the cluster cannot go on. */
  abstract void fail(Throwable reason);

  /** A candidate to train. */
  static final class Training extends Job {

    private final Candidate candidate;

    /** Training steps times multiply-accumulates: what decides in a mixed cluster who does it. */
    private final double cost;

    final CompletableFuture<Evaluation> outcome = new CompletableFuture<>();

    Training(Work.Train work, Candidate candidate, double cost) {
      super(work, candidate.number());
      this.candidate = candidate;
      this.cost = cost;
    }

    Candidate candidate() {
      return candidate;
    }

    double cost() {
      return cost;
    }

    @Override
    void fail(Throwable reason) {
      outcome.completeExceptionally(reason);
    }
  }

  /** Proxies to compute. */
  static final class Scoring extends Job {

    final CompletableFuture<ProxyAnswer> outcome = new CompletableFuture<>();

    Scoring(ProxyRequest request, long turn) {
      super(
          new Work.Score(
              WorkKeys.of(request),
              request.architecture().notation(),
              request.fidelity(),
              request.seed(),
              request.proxies()),
          turn);
    }

    @Override
    void fail(Throwable reason) {
      outcome.completeExceptionally(reason);
    }
  }
}
