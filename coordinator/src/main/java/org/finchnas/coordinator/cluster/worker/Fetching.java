package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
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
   * {@link UnusableException} if it cannot be had.
   */
  CompletableFuture<Void> fetch(String hash) {
    return CompletableFuture.runAsync(() -> fetchNow(hash), thread);
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
        throw new UncheckedIOException(e);
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
    } catch (IOException | RuntimeException e) {
      trouble.accept(e);
    }
  }

  private void pause() {
    boolean isClosed;
    try {
      isClosed = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
    if (isClosed) {
      throw new IllegalStateException("The worker is closed.");
    }
  }

  /** Waits for nothing any more. */
  @Override
  public void close() {
    closed.countDown();
    thread.shutdownNow();
  }
}
