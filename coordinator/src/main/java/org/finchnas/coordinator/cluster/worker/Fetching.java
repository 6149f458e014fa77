package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.finchnas.coordinator.cluster.ClusterFiles;

/** Sees to it that weights which trainings begin with are here, and that not too many are. */
final class Fetching implements AutoCloseable {

  private static final long PAUSE_MILLIS = 2000;

  /** What arrives damaged more often is damaged where it comes from. */
  private static final int TRIES = 3;

  private final WeightsStore weights;
  private final RunFolder folder;
  private final Supplier<Set<String>> needed;
  private final Consumer<Throwable> trouble;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          runnable -> {
            Thread daemon = new Thread(runnable, "fetch");
            daemon.setDaemon(true);
            return daemon;
          });
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What is waited for. Guarded by itself. */
  private final List<CompletableFuture<Void>> open = new ArrayList<>();

  /**
   * @param needed hashes of what must stay
   * @param trouble hears what nobody here can mend
   */
  Fetching(
      WeightsStore weights,
      RunFolder folder,
      Supplier<Set<String>> needed,
      Consumer<Throwable> trouble) {
    this.weights = weights;
    this.folder = folder;
    this.needed = needed;
    this.trouble = trouble;
  }

  /** The coordinator has no such weights, or not undamaged. */
  static final class UnusableException extends RuntimeException {
    UnusableException(ClusterFiles.InvalidException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Completes when a file is here, which may take until the coordinator is back; exceptionally with
   * {@link UnusableException} if it cannot be had, with {@link CancellationException} when this is
   * closed.
   */
  CompletableFuture<Void> fetch(String hash) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (open) {
      if (isClosed()) {
        return CompletableFuture.failedFuture(ended());
      }
      open.add(done);
      thread.execute(() -> complete(done, hash));
    }
    return done;
  }

  private void complete(CompletableFuture<Void> done, String hash) {
    try {
      fetchNow(hash);
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    } finally {
      synchronized (open) {
        open.removeIf(CompletableFuture::isDone);
      }
    }
  }

  private void fetchNow(String hash) {
    int failures = 0;
    while (true) {
      try {
        weights.fetch(hash);
        folder.trimWeights(needed.get());
        return;
      } catch (LinkException e) {
        pause();
      } catch (ClusterFiles.InvalidException e) {
        failures++;
        if (failures == TRIES) {
          throw new UnusableException(e);
        }
      } catch (IOException e) {
        throw WorkerFolder.failed(folder.weights(), e);
      }
    }
  }

  /** Deletes weights, on the thread that fetches: nothing that was just found here. */
  void trim() {
    try {
      thread.execute(this::trimNow);
    } catch (RejectedExecutionException e) {
      // It was closed this moment; the next to open the folder trims it.
      return;
    }
  }

  private void trimNow() {
    try {
      folder.trimWeights(needed.get());
    } catch (IOException e) {
      trouble.accept(WorkerFolder.failed(folder.weights(), e));
    } catch (RuntimeException | Error e) {
      trouble.accept(e);
    }
  }

  private void pause() {
    try {
      boolean unused = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ended();
    }
    if (isClosed()) {
      throw ended();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static CancellationException ended() {
    return new CancellationException("The worker ends.");
  }

  /** Ends all waiting: also for what was not begun, and for an answer that is on its way. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> waiting;
    synchronized (open) {
      closed.countDown();
      waiting = List.copyOf(open);
    }
    thread.shutdownNow();
    // Outside the lock: whoever waits goes on here.
    waiting.forEach(done -> done.completeExceptionally(ended()));
  }
}
