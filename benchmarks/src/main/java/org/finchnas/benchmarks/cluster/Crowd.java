package org.finchnas.benchmarks.cluster;

import java.time.Duration;
import java.util.List;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.cluster.ClusterState;
import org.finchnas.evaluation.Evaluation;

/** What many workers cost their coordinator for a while, once all of them work. */
final class Crowd {

  static final double MOST_CORES = 1;
  static final double MOST_MEGABYTES = 1000;

  private static final Duration START = Duration.ofMinutes(5);
  private static final int LAG_PER_SLOT = 4;

  private final int slots;
  private final BenchmarkOptions options;

  /**
   * @param slots of all workers together
   */
  Crowd(int slots, BenchmarkOptions options) {
    this.slots = slots;
    this.options = options;
  }

  /** Where the cluster stands. */
  interface States {
    ClusterState now();
  }

  List<String> settings() {
    return List.of("execution.lag=" + LAG_PER_SLOT * slots, "execution.order=" + options.order());
  }

  void awaitReady(States states) throws InterruptedException {
    Waiting.until("all workers ready", START, () -> states.now().readySlots() == slots);
  }

  void awaitBusy(States states) throws InterruptedException {
    Waiting.until("work for all", START, () -> states.now().leased() >= slots);
  }

  /** Measures after a warm-up, then stops the search. */
  Usage.Difference measure(SearchLoop loop, Counter counter, States states)
      throws InterruptedException {
    Thread.sleep((long) (options.number("--warm-up", 20) * 1000));
    Usage from = Usage.now(states.now().messages(), counter.finished);
    Thread.sleep((long) (options.number("--seconds", 60) * 1000));
    Usage to = Usage.now(states.now().messages(), counter.finished);
    loop.stop();
    return from.to(to);
  }

  static List<Figure> figures(Usage.Difference usage, ClusterState state) {
    System.err.println("CPU ms an evaluation by thread: " + usage.byThread());
    return List.of(
        Figure.of("workers", "workers", state.workers().size()),
        Figure.of("slots", "slots", state.readySlots()),
        Figure.atMost(MOST_CORES, "coordinatorCores", "coordinator's CPU, cores", usage.cores()),
        Figure.atMost(
            MOST_MEGABYTES,
            "coordinatorMegabytes",
            "coordinator's memory, MB",
            Usage.residentBytes() / 1e6),
        Figure.of("messagesPerSecond", "messages a second", usage.messagesPerSecond()),
        Figure.of("evaluationsPerSecond", "evaluations a second", usage.evaluationsPerSecond()),
        Figure.of("lostWorkers", "workers taken for lost", (double) state.lostWorkers()));
  }

  /** Counts what is finished. */
  static final class Counter implements SearchListener {

    private volatile int finished;

    // Trainings end on several threads.
    @Override
    public synchronized void finished(Evaluation evaluation) {
      finished = finished + 1;
    }
  }
}
