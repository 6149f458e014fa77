package org.finchnas.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.coordinator.SearchLoop;

/** Many worker processes at one coordinator. */
final class WorkersPart implements Part.Measurement {

  private static final int PORT = 47620;

  @Override
  public List<Figure> measure(BenchmarkOptions options) throws InterruptedException, IOException {
    int workers = options.count("--workers", 64);
    int slots = options.count("--slots", 1);
    Crowd crowd = new Crowd(workers * slots, options);
    try (FakeCluster cluster =
        new FakeCluster("workers", new Nodes(PORT, Nodes.PLAIN), crowd.settings())) {
      long start = System.nanoTime();
      cluster.startWorkers(workers, slots, options.number("--mean-seconds", 10));
      crowd.awaitReady(cluster::state);
      double joined = (System.nanoTime() - start) / 1e9;
      Crowd.Counter counter = new Crowd.Counter();
      SearchLoop loop = cluster.search().loop(cluster.evaluator());
      Thread search = FakeSearch.start(loop, counter);
      crowd.awaitBusy(cluster::state);
      Usage.Difference usage = crowd.measure(loop, counter, cluster::state);
      List<Figure> figures = new ArrayList<>(Crowd.figures(usage, cluster.state()));
      figures.add(
          Figure.of(
              "lastJoinedSeconds",
              "from starting all of them at once to the last ready, s",
              joined));
      figures.add(
          Figure.of(
              "workerMegabytes", "memory of a worker without its slots, MB", worker(cluster)));
      search.join();
      return figures;
    }
  }

  /** Resident memory of the first worker. */
  private static double worker(FakeCluster cluster) throws IOException {
    Path status = Path.of("/proc/%d/status".formatted(cluster.workers().get(0).pid()));
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
            .sum()
        * 1024
        / 1e6;
  }
}
