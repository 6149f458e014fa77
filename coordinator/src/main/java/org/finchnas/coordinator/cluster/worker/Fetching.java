package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.finchnas.coordinator.cluster.ClusterFiles;
import org.finchnas.coordinator.cluster.message.Result;

/** Sees to it that weights which trainings begin with are here, and that not too many are. */
final class Fetching implements AutoCloseable {

  private static final long PAUSE_MILLIS = 2000;

  /** What arrives damaged more often is damaged where it comes from. */
  private static final int TRIES = 3;

  private final WeightsStore weights;
  private final RunFolder folder;
  private final Outbox outbox;
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
   * @param outbox what is named in it must stay
   * @param trouble hears what nobody here can mend
   */
  Fetching(WeightsStore weights, RunFolder folder, Outbox outbox, Consumer<Throwable> trouble) {
    this.weights = weights;
    this.folder = folder;
    this.outbox = outbox;
    this.trouble = trouble;
  }

  /** Completes when a file is here, which may take until the coordinator is back. */
  CompletableFuture<Void> fetch(String hash) {
    return CompletableFuture.runAsync(() -> fetchNow(hash), thread);
  }

  private void fetchNow(String hash) {
    int damaged = 0;
    while (true) {
      try {
        weights.fetch(hash);
        folder.trimWeights(needed());
        return;
      } catch (LinkException e) {
        pause();
      } catch (ClusterFiles.DamagedException e) {
        damaged++;
        if (damaged == TRIES) {
          throw new UncheckedIOException(e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Deletes weights, on the thread that fetches: nothing that was just found here. */
  void trim() {
    thread.execute(
        () -> {
          try {
            folder.trimWeights(needed());
          } catch (IOException | RuntimeException e) {
            trouble.accept(e);
          }
        });
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    for (Result result : outbox.results()) {
      result.weights().ifPresent(needed::add);
    }
    return needed;
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
