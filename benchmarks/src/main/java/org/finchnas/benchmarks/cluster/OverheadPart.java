package org.finchnas.benchmarks.cluster;

import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The coordinator's time for an evaluation, and the share of the slots' time that it makes use of.
 */
final class OverheadPart implements Part.Measurement {

  private static final int PORT = 47610;
  private static final double MOST_MILLIS = 2;
  private static final double LEAST_BUSY_STRICT = 0.93;
  private static final double LEAST_BUSY_ARRIVAL = 0.98;

  @Override
  public List<Figure> measure(BenchmarkOptions options)
      throws InterruptedException, ExecutionException {
    String order = options.order();
    Overhead overhead =
        new Overhead(
            options.count("--workers", 8),
            options.count("--slots", 8),
            options.number("--mean-seconds", 1),
            options.count("--warm-up", 3000),
            options.count("--evaluations", 2000),
            order);
    Overhead.Measured measured = overhead.measure("overhead", new Nodes(PORT, Nodes.PLAIN));
    Usage.Difference usage = measured.usage();
    System.err.println("CPU ms an evaluation by thread: " + usage.byThread());
    double leastBusy = order.equals("strict") ? LEAST_BUSY_STRICT : LEAST_BUSY_ARRIVAL;
    return List.of(
        Figure.of("evaluations", "evaluations, order " + order, usage.evaluations()),
        Figure.of("weightsBytes", "bytes of weights of each", FakeTraining.WEIGHTS_BYTES),
        Figure.atMost(
            MOST_MILLIS,
            "coordinatorCpuMillisPerEvaluation",
            "coordinator's CPU time for an evaluation, ms",
            usage.cpuMillisPerEvaluation()),
        Figure.of(
            "searchCpuMillisPerEvaluation",
            "  of that asking, telling and logging, ms",
            usage.cpuMillisPerEvaluation("search")),
        Figure.of(
            "compilerCpuMillisPerEvaluation",
            "  of that Java's compiler, still warming up, ms",
            usage.compilerMillisPerEvaluation()),
        Figure.atLeast(
            leastBusy, "busyShare", "share of the slots' time in training", measured.busyShare()),
        Figure.of("evaluationsPerSecond", "evaluations a second", usage.evaluationsPerSecond()),
        Figure.of(
            "messagesPerEvaluation", "messages for an evaluation", usage.messagesPerEvaluation()),
        Figure.of("messagesPerSecond", "messages a second", usage.messagesPerSecond()),
        Figure.of("coordinatorMegabytes", "coordinator's memory, MB", megabytes()));
  }

  static double megabytes() {
    return Usage.residentBytes() / 1e6;
  }
}
