package org.finchnas.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.Execution;
import org.jspecify.annotations.Nullable;

/** Trains nothing: of those that hold a slot, a random one ends next, on a thread of its own. */
final class FakeEvaluator implements Evaluator {

  private final int slots;
  private final Random random;
  private final Function<Candidate, Evaluation> outcomes;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final List<Job> training = new ArrayList<>();
  private final List<Integer> submitted = new ArrayList<>();
  private final Thread thread = new Thread(this::train, "fake-evaluator");
  private boolean closed;
  private boolean held;

  FakeEvaluator(int slots, long seed) {
    this(slots, seed, candidate -> Toy.outcome(candidate, execution(seed)));
  }

  FakeEvaluator(int slots, long seed, Function<Candidate, Evaluation> outcomes) {
    this.slots = slots;
    this.random = new Random(seed);
    this.outcomes = outcomes;
    thread.setDaemon(true);
    thread.start();
  }

  static Execution execution(long process) {
    return new Execution("here", process, Instant.ofEpochSecond(process & 0xffff), Duration.ZERO);
  }

  @Override
  public synchronized CompletableFuture<Evaluation> submit(Candidate candidate) {
    Job job = new Job(candidate, new CompletableFuture<>());
    submitted.add(candidate.number());
    waiting.add(job);
    notifyAll();
    return job.future();
  }

  @Override
  public int slots() {
    return slots;
  }

  /** The numbers it was given, in that order. */
  synchronized List<Integer> submitted() {
    return List.copyOf(submitted);
  }

  /** Ends no training until {@link #release}. */
  synchronized FakeEvaluator hold() {
    held = true;
    return this;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void train() {
    try {
      Job job = next();
      while (job != null) {
        end(job);
        job = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(Job job) {
    try {
      job.future().complete(outcomes.apply(job.candidate()));
    } catch (RuntimeException e) {
      job.future().completeExceptionally(e);
    }
  }

  private synchronized @Nullable Job next() throws InterruptedException {
    while (!closed) {
      while (training.size() < slots && !waiting.isEmpty()) {
        training.add(waiting.removeFirst());
      }
      if (!training.isEmpty() && !held) {
        return training.remove(random.nextInt(training.size()));
      }
      wait();
    }
    training.addAll(waiting);
    training.forEach(
        job -> job.future().completeExceptionally(new CancellationException("closed")));
    return null;
  }

  private record Job(Candidate candidate, CompletableFuture<Evaluation> future) {}
}
