package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.finchnas.coordinator.TrainingSite;

/**
 * Makes a run's slots ready on a thread of its own. To hash images, to fetch them and to start
 * slots may take many times a lease; meanwhile its worker says that it is there, and may be told to
 * go.
 */
final class Preparation implements AutoCloseable {

  /** How long slots that are not wanted any more get to end; what only reads images is left. */
  private static final long LAST_WORDS_MILLIS = 5000;

  private final Steps steps;
  private final Thread thread = new Thread(this::prepare, "prepare");
  private final CompletableFuture<TrainingSite> site = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Belongs to whoever waits: whether somebody else closes the slots. */
  private boolean handedOver;

  /** What is to be done. */
  @FunctionalInterface
  interface Steps {

    /**
     * Interrupted when it is not wanted any more.
     *
     * @throws IOException if it cannot be done now
     */
    TrainingSite take(Preparation preparation) throws InterruptedException, IOException;
  }

  Preparation(Steps steps) {
    this.steps = steps;
    thread.setDaemon(true);
  }

  /** Begins, unless it was stopped before. */
  void start() {
    if (!isStopped()) {
      thread.start();
    }
  }

  private void prepare() {
    try {
      TrainingSite made = steps.take(this);
      if (!site.complete(made)) {
        made.close();
      }
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      site.completeExceptionally(e);
    }
  }

  /**
   * Waits for the slots, at most so long.
   *
   * @return slots that the caller closes; empty if they are not ready yet
   * @throws LinkException if the coordinator did not help, or this was stopped
   * @throws RuntimeException if they cannot be made ready
   */
  Optional<TrainingSite> await(long millis) throws InterruptedException, LinkException {
    try {
      TrainingSite made = site.get(millis, TimeUnit.MILLISECONDS);
      handedOver = true;
      return Optional.of(made);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof LinkException link) {
        throw link;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
  }

  /** Ends it, from any thread, unless the slots are ready. */
  void stop() {
    if (site.completeExceptionally(new LinkException("The worker goes."))) {
      stopped.countDown();
      thread.interrupt();
    }
  }

  /** Whether it is not wanted any more. */
  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Shorter when it is not wanted any more. */
  void pause(long millis) throws InterruptedException {
    boolean unused = stopped.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Ends what was not handed over, and waits a little until it has ended. */
  @Override
  public void close() {
    stop();
    try {
      thread.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!handedOver && !site.isCompletedExceptionally()) {
      site.thenAccept(TrainingSite::close).join();
    }
  }
}
