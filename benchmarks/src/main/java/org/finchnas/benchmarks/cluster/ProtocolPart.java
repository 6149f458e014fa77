package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.cluster.ClusterEvaluator;

/**
 * A thousand workers at one coordinator, more than there is memory for Ignite clients here: real
 * {@link org.finchnas.coordinator.cluster.worker.WorkerNode}s, many in a process, over sockets of
 * their own. What Ignite itself costs for a message and a client is not in it.
 */
final class ProtocolPart implements Part.Measurement {

  private static final int PROCESSES = 2;

  @Override
  public List<Figure> measure(BenchmarkOptions options) throws InterruptedException {
    int workers = options.count("--workers", 1000);
    int slots = options.count("--slots", 1);
    Crowd crowd = new Crowd(workers * slots, options);
    List<JavaProcess> processes = new ArrayList<>();
    try (FakeSearch search = new FakeSearch("protocol", crowd.settings());
        ClusterEvaluator evaluator = new ClusterEvaluator(search.dispatcher());
        SocketServer server = new SocketServer(evaluator::answer)) {
      long start = System.nanoTime();
      int each = workers / PROCESSES;
      for (int i = 0; i < PROCESSES; i++) {
        int count = i == PROCESSES - 1 ? workers - i * each : each;
        processes.add(workers(server.port(), i * each, count, slots, options));
      }
      crowd.awaitReady(evaluator::state);
      double joined = (System.nanoTime() - start) / 1e9;
      Crowd.Counter counter = new Crowd.Counter();
      SearchLoop loop = search.loop(evaluator);
      Thread thread = FakeSearch.start(loop, counter);
      crowd.awaitBusy(evaluator::state);
      Usage.Difference usage = crowd.measure(loop, counter, evaluator::state);
      List<Figure> figures = new ArrayList<>(Crowd.figures(usage, evaluator.state()));
      figures.add(Figure.of("lastJoinedSeconds", "until the last of them was ready, s", joined));
      thread.join();
      return figures;
    } finally {
      processes.forEach(JavaProcess::close);
    }
  }

  private static JavaProcess workers(
      int port, int first, int count, int slots, BenchmarkOptions options) {
    Path folder = Scratch.directory("cluster").resolve("workers-protocol");
    return JavaProcess.crowd(
        SocketWorkersMain.class,
        Integer.toString(port),
        folder.toString(),
        Integer.toString(first),
        Integer.toString(count),
        Integer.toString(slots),
        Double.toString(options.number("--mean-seconds", 60)));
  }
}
