package org.finchnas.benchmarks.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.ToldEvaluation;

/**
 * What evaluations of a cluster cost its coordinator, and how busy its slots are kept.
 *
 * @param evaluations after the warm-up
 * @param meanSeconds of trainings
 */
record Overhead(
    int workers, int slots, double meanSeconds, int warmUp, int evaluations, String order) {

  private static final Duration START = Duration.ofMinutes(2);
  private static final int LAG_PER_SLOT = 4;

  record Measured(Usage.Difference usage, double busyShare) {}

  Measured measure(String name, Nodes nodes) throws InterruptedException, ExecutionException {
    int all = workers * slots;
    int lag = LAG_PER_SLOT * all;
    // The last ones asked are not waited for by any slot, so they are not counted.
    int asked = warmUp + evaluations + lag;
    List<String> settings =
        List.of("execution.lag=" + lag, "execution.order=" + order, "budget.evaluations=" + asked);
    try (FakeCluster cluster = new FakeCluster(name, nodes, settings)) {
      cluster.startWorkers(workers, slots, meanSeconds);
      Waiting.until("all workers ready", START, () -> cluster.state().readySlots() == all);
      OverheadWatch watch = new OverheadWatch(warmUp, asked, () -> cluster.state().messages());
      SearchLoop loop = cluster.search().loop(cluster.evaluator());
      // Threads are told apart by their names.
      FutureTask<List<ToldEvaluation>> history = new FutureTask<>(() -> loop.run(watch).history());
      new Thread(history, "search").start();
      List<ToldEvaluation> told = history.get();
      return new Measured(watch.difference(), watch.busyShare(told, all));
    }
  }
}
