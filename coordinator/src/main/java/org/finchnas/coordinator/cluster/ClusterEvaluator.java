package org.finchnas.coordinator.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Wire;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/** Has candidates trained by the workers of a cluster, whoever they are at the moment. */
public final class ClusterEvaluator implements TrainingSite {

  private static final long EXPIRY_MILLIS = 250;

  /** Leases do not wait for those who watch. */
  private static final int THREADS = 2;

  private final Dispatcher dispatcher;
  private final ScheduledThreadPoolExecutor timer;
  private final ScheduledFuture<?> expiry;

  public ClusterEvaluator(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
    this.timer =
        new ScheduledThreadPoolExecutor(
            THREADS,
            runnable -> {
              Thread thread = new Thread(runnable, "cluster-timer");
              thread.setDaemon(true);
              return thread;
            });
    // Also when nobody is heard of any more.
    this.expiry =
        timer.scheduleWithFixedDelay(
            this::look, EXPIRY_MILLIS, EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Answers bytes with bytes: what a transport calls for each request that arrives.
   *
   * @throws RuntimeException if it cannot, now or for good; the listener was told
   */
  public byte[] answer(byte[] request) {
    try {
      return Wire.encode(dispatcher.answer(Wire.request(request)));
    } catch (IOException e) {
      dispatcher.tellTrouble("A worker's request makes no sense: " + e.getMessage());
      return Wire.encode(new Reply.Invalid(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      dispatcher.tellTrouble("A worker's request cannot be answered: " + e);
      throw e;
    }
  }

  /** Nothing that goes wrong, in a display for example, may end the timer. */
  private void look() {
    try {
      dispatcher.look();
    } catch (RuntimeException | Error e) {
      dispatcher.tellTrouble("Leases cannot be looked at: " + e);
    }
  }

  /** Completes when a worker is ready. */
  public CompletableFuture<?> firstWorker() {
    return dispatcher.first();
  }

  /** Where the cluster stands. */
  public ClusterState state() {
    return dispatcher.state();
  }

  /** Tells where the cluster stands, now and then until it is closed. */
  public void watch(Duration pause, Consumer<ClusterState> watcher) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> watcher.accept(state()), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    return dispatcher.submit(candidate);
  }

  @Override
  public CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    return dispatcher.submit(request);
  }

  @Override
  public void kept(Evaluation evaluation) {
    dispatcher.kept(evaluation);
  }

  @Override
  public int slots() {
    return dispatcher.slots();
  }

  @Override
  public String numericClass() {
    return introduced().numericClass();
  }

  @Override
  public Ready images() {
    return introduced().images();
  }

  private Dispatcher.Introduced introduced() {
    try {
      return dispatcher.first().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException reason ? reason : e;
    }
  }

  /** Ends all waiting: nobody will be heard any more. */
  public void fail(RuntimeException reason) {
    dispatcher.close(reason);
  }

  @Override
  public void close() {
    expiry.cancel(false);
    timer.shutdownNow();
    dispatcher.close(new CancellationException("The cluster was closed."));
  }
}
