package org.finchnas.coordinator.slots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/**
 * Trains candidates in child processes of this machine, in the order they are submitted. A slot
 * that dies, hangs or talks nonsense is started afresh and its candidate tried again. Evaluations
 * complete exceptionally only when a slot cannot be started any more, says that it cannot go on (a
 * full disk), or when {@link #MOST_LOST_IN_A_ROW} candidates on end were lost, or the proxies of as
 * many architectures: then it is not the candidates.
 */
public final class SlotPool implements TrainingSite {

  /** So that a machine on which every training dies does not use up the budget of a search. */
  static final int MOST_LOST_IN_A_ROW = 10;

  private final SlotStarter starter;
  private final ScheduledThreadPoolExecutor timers;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final BlockingQueue<Ticket> queue = new PriorityBlockingQueue<>();
  private final AtomicLong tickets = new AtomicLong();
  private final Set<Job<?>> open = ConcurrentHashMap.newKeySet();
  private final Map<Job<?>, Slot> working = new ConcurrentHashMap<>();
  private final AtomicInteger trainingsLostInARow = new AtomicInteger();
  private final AtomicInteger scoresLostInARow = new AtomicInteger();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private SlotPool(
      IntFunction<ProcessBuilder> command,
      TrainingTask task,
      SlotPoolParams params,
      SlotListener listener) {
    this.timers = new ScheduledThreadPoolExecutor(1, SlotPool::daemon);
    timers.setRemoveOnCancelPolicy(true);
    this.starter = new SlotStarter(command, task, params, timers);
    for (int i = 0; i < params.slots(); i++) {
      slots.add(new Slot(i, params, starter, listener));
    }
  }

  /**
   * Starts all slots and waits until they are ready.
   *
   * @param command what starts a slot, given its number from 0: a process that speaks {@link
   *     org.finchnas.evaluation.slot.SlotChannel} over its standard input and output
   * @throws SlotFailedException if one cannot be started or is not like the others; says its last
   *     words
   * @throws org.finchnas.coordinator.SearchInputException if one says that it cannot work with the
   *     task
   * @throws CancellationException if this thread is interrupted; then no slot is left
   * @throws UncheckedIOException if the directory for logs cannot be made
   */
  public static SlotPool start(
      IntFunction<ProcessBuilder> command,
      TrainingTask task,
      SlotPoolParams params,
      SlotListener listener) {
    try {
      Files.createDirectories(params.logDirectory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SlotPool pool = new SlotPool(command, task, params, listener);
    pool.startAll();
    return pool;
  }

  /** {@inheritDoc} The same in all slots. */
  @Override
  public String numericClass() {
    return starter.agreed().numericClass();
  }

  @Override
  public Ready images() {
    return starter.agreed().images();
  }

  /** {@inheritDoc} Cancelling the future ends the training. */
  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    CompletableFuture<Evaluation> outcome = new CompletableFuture<>();
    Job<Evaluation> job = new Job<>(slot -> slot.train(candidate, outcome::isCancelled), outcome);
    CompletableFuture<?> unused =
        outcome.whenComplete(
            (evaluation, error) -> {
              if (outcome.isCancelled()) {
                abandon(job);
              }
            });
    return submit(job, Turn.TRAINING);
  }

  private void abandon(Job<?> job) {
    open.remove(job);
    // Not while the slot goes on to another job.
    working.computeIfPresent(
        job,
        (same, slot) -> {
          slot.abandon();
          return slot;
        });
  }

  /** {@inheritDoc} The search waits for it, while trainings are asked for ahead. */
  @Override
  public CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    return submit(new Job<>(slot -> slot.score(request), new CompletableFuture<>()), Turn.SCORE);
  }

  private <R> CompletableFuture<R> submit(Job<R> job, Turn turn) {
    open.add(job);
    queue.add(ticket(turn, Optional.of(job)));
    if (end.isDone()) {
      endAll(new CancellationException("The slots are closed."));
    }
    return job.future();
  }

  @Override
  public int slots() {
    return slots.size();
  }

  @Override
  public void close() {
    endAll(new CancellationException("The slots were closed."));
    slots.forEach(Slot::close);
    timers.shutdownNow();
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void startAll() {
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    for (Slot slot : slots) {
      CompletableFuture<Void> started = new CompletableFuture<>();
      starts.add(started);
      threads.add(daemon(() -> serve(slot, started)));
    }
    threads.forEach(Thread::start);
    try {
      CompletableFuture<Void> all =
          CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new));
      CompletableFuture.anyOf(all, end).get();
    } catch (ExecutionException e) {
      close();
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("The slots are not wanted any more.");
    }
  }

  private void serve(Slot slot, CompletableFuture<Void> started) {
    try (slot) {
      slot.ready();
      started.complete(null);
      for (Ticket next = queue.take(); next.job().isPresent(); next = queue.take()) {
        run(next.job().get(), slot);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // This thread's end: nobody would ever train what waits here.
      endAll(e);
    }
  }

  private <R> void run(Job<R> job, Slot slot) {
    working.put(job, slot);
    if (job.future().isCancelled()) {
      working.remove(job);
      return;
    }
    R result = job.work().apply(slot);
    working.remove(job);
    if (job.future().isCancelled()) {
      return;
    }
    if (result instanceof ProxyAnswer answer) {
      requireSomeSuccess(scoresLostInARow, answer.lost(), "The proxies of %d architectures", slot);
    } else {
      boolean lost = result instanceof Failed failed && failed.reason() == FailureReason.MACHINE;
      requireSomeSuccess(trainingsLostInARow, lost, "%d candidates", slot);
    }
    open.remove(job);
    job.future().complete(result);
  }

  /** Trainings and proxies apart: while one goes well, the other may be all wrong. */
  private static void requireSomeSuccess(
      AtomicInteger lostInARow, boolean lost, String what, Slot slot) {
    int number = lost ? lostInARow.incrementAndGet() : 0;
    if (!lost) {
      lostInARow.set(0);
    }
    if (number >= MOST_LOST_IN_A_ROW) {
      throw new SlotFailedException(
          (what + " on end were lost, so something is wrong with this machine. The last: %s")
              .formatted(number, slot.lastLoss()));
    }
  }

  /** Futures first, so that no killed slot passes for a failed candidate; then the threads. */
  private void endAll(Throwable reason) {
    end.completeExceptionally(reason);
    open.removeIf(job -> job.future().completeExceptionally(reason));
    queue.clear();
    slots.forEach(slot -> queue.add(ticket(Turn.SCORE, Optional.empty())));
  }

  private Ticket ticket(Turn turn, Optional<Job<?>> job) {
    return new Ticket(turn, tickets.getAndIncrement(), job);
  }

  private static Thread daemon(Runnable runnable) {
    Thread thread = new Thread(runnable, "slot");
    thread.setDaemon(true);
    return thread;
  }

  /** What goes first: the search waits for scores, while trainings are asked for ahead. */
  private enum Turn {
    SCORE,
    TRAINING
  }

  /** A place in the queue; without a job, the end for one slot. */
  private record Ticket(Turn turn, long number, Optional<Job<?>> job)
      implements Comparable<Ticket> {

    private static final Comparator<Ticket> ORDER =
        Comparator.comparing(Ticket::turn).thenComparingLong(Ticket::number);

    @Override
    public int compareTo(Ticket other) {
      return ORDER.compare(this, other);
    }
  }

  /** What a slot is to do, told by its future whether it is done; equal to itself alone. */
  private record Job<R>(Function<Slot, R> work, CompletableFuture<R> future) {}
}
