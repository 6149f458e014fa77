package org.finchnas.coordinator.ignite;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.ClusterEvaluator;
import org.finchnas.coordinator.cluster.ClusterState;
import org.finchnas.coordinator.cluster.Dispatcher;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/** Has candidates trained by workers that join over Ignite. */
public final class IgniteEvaluator implements TrainingSite {

  private final ClusterEvaluator evaluator;
  private final IgniteServer server;

  private IgniteEvaluator(ClusterEvaluator evaluator, IgniteServer server) {
    this.evaluator = evaluator;
    this.server = server;
  }

  /**
   * Begins to listen for workers.
   *
   * @param build version of Finch that all must have
   * @param log takes what Ignite warns of
   * @throws org.finchnas.coordinator.SearchInputException if a port is in use
   */
  public static IgniteEvaluator start(
      Dispatcher dispatcher,
      Endpoint endpoint,
      ClusterSecurity security,
      String build,
      Consumer<String> log) {
    ClusterEvaluator evaluator = new ClusterEvaluator(dispatcher);
    boolean started = false;
    try {
      IgniteServer server =
          IgniteServer.start(endpoint, security, build, evaluator::answer, evaluator::fail, log);
      started = true;
      return new IgniteEvaluator(evaluator, server);
    } finally {
      if (!started) {
        evaluator.close();
      }
    }
  }

  /** Where the cluster stands. */
  public ClusterState state() {
    return evaluator.state();
  }

  /** Tells where the cluster stands, now and then until it is closed. */
  public void watch(Duration pause, Consumer<ClusterState> watcher) {
    evaluator.watch(pause, watcher);
  }

  /** Ends all waiting: no worker will come any more. */
  public void fail(RuntimeException reason) {
    evaluator.fail(reason);
  }

  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    return evaluator.submit(candidate);
  }

  @Override
  public CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    return evaluator.submit(request);
  }

  @Override
  public void kept(Evaluation evaluation) {
    evaluator.kept(evaluation);
  }

  @Override
  public int slots() {
    return evaluator.slots();
  }

  /** {@inheritDoc} Waits until the first worker is ready. */
  @Override
  public String numericClass() {
    return evaluator.numericClass();
  }

  /** {@inheritDoc} Waits until the first worker is ready. */
  @Override
  public Ready images() {
    return evaluator.images();
  }

  @Override
  public void close() {
    evaluator.close();
    server.close();
  }
}
