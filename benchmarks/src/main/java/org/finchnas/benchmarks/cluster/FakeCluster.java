package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.coordinator.cluster.ClusterState;
import org.finchnas.coordinator.ignite.IgniteEvaluator;

/** A coordinator in this process with a search, and worker processes that join it over Ignite. */
final class FakeCluster implements AutoCloseable {

  private final Nodes nodes;
  private final String name;
  private final FakeSearch search;
  private final IgniteEvaluator evaluator;
  private final List<JavaProcess> workers = new ArrayList<>();

  FakeCluster(String name, Nodes nodes, List<String> settings) {
    this.name = name;
    this.nodes = nodes;
    this.search = new FakeSearch(name, settings);
    this.evaluator =
        IgniteEvaluator.start(
            search.dispatcher(),
            nodes.endpoint(),
            nodes.coordinatorSecurity(),
            FakeWorker.BUILD,
            line -> {});
  }

  FakeSearch search() {
    return search;
  }

  IgniteEvaluator evaluator() {
    return evaluator;
  }

  ClusterState state() {
    return evaluator.state();
  }

  void startWorkers(int count, int slots, double meanSeconds) {
    Path folder = Scratch.directory("cluster").resolve("workers-" + name);
    for (int i = 0; i < count; i++) {
      workers.add(
          JavaProcess.worker(
              IgniteWorkerMain.class,
              Integer.toString(nodes.port()),
              nodes.keys(),
              folder.toString(),
              "worker-" + i,
              Integer.toString(slots),
              Double.toString(meanSeconds)));
    }
  }

  List<JavaProcess> workers() {
    return List.copyOf(workers);
  }

  @Override
  public void close() {
    workers.forEach(JavaProcess::close);
    evaluator.close();
    search.close();
  }
}
