package org.finchnas.benchmarks.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One kind of disturbance at random moments, in as many searches as it takes. It pauses while a
 * search gets nowhere, so that one that still gets nowhere hangs.
 */
final class Barrage {

  private static final long POLL_MILLIS = 50;
  private static final Duration MERCY = Duration.ofSeconds(30);
  private static final Duration HANG = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final Disturbance disturbance;
  private final Duration mean;
  private final Random random;
  private final Consumer<String> news;
  private final Agenda agenda = new Agenda();
  private int left;
  private long nextNanos;

  /**
   * @param mean time from one disturbance to the next
   * @param news takes a line for each
   */
  Barrage(
      Cluster cluster,
      Disturbance disturbance,
      int count,
      Duration mean,
      Random random,
      Consumer<String> news) {
    this.cluster = cluster;
    this.disturbance = disturbance;
    this.left = count;
    this.mean = mean;
    this.random = random;
    this.news = news;
  }

  boolean isOver() {
    return left == 0;
  }

  /** Puts everything right again. */
  void cease() {
    agenda.runAll();
  }

  /**
   * Runs a search to its end.
   *
   * @throws StuckException if it does not get there
   */
  void search(Path run, Tally tally) throws InterruptedException, StuckException {
    cluster.search(run);
    Progress progress = new Progress(run);
    schedule();
    while (!isDone(cluster.coordinator())) {
      Thread.sleep(POLL_MILLIS);
      agenda.run();
      reviveWorkers(tally);
      Duration silence = progress.silence();
      if (silence.compareTo(HANG) > 0) {
        throw new StuckException(
            "%s told nothing for %d seconds after %d evaluations."
                .formatted(run.getFileName(), HANG.toSeconds(), progress.told()));
      }
      if (left > 0 && System.nanoTime() > nextNanos && silence.compareTo(MERCY) < 0) {
        strike(run, progress.told());
      }
    }
  }

  private void schedule() {
    nextNanos = System.nanoTime() + Draws.exponential(mean, random).toNanos();
  }

  private void strike(Path run, int told) {
    disturbance
        .strike(cluster, random, agenda)
        .ifPresent(
            what -> {
              left--;
              news.accept("%s, %d told: %s".formatted(run.getFileName(), told, what));
            });
    schedule();
  }

  private boolean isDone(Node coordinator) throws StuckException {
    if (!coordinator.hasEnded()) {
      return false;
    }
    if (coordinator.exitCode() != 0) {
      throw new StuckException(
          "The coordinator ended with exit code %d; what it said is in %s."
              .formatted(coordinator.exitCode(), coordinator.log()));
    }
    return true;
  }

  /** As whoever supervises them would; yet none ought to end by itself. */
  private void reviveWorkers(Tally tally) {
    for (Node worker : cluster.workers()) {
      if (worker.hasEnded()) {
        tally.addFault(
            "%s ended with exit code %d; what it said is in %s."
                .formatted(worker.name(), worker.exitCode(), worker.log()));
        news.accept(worker.name() + " ended by itself");
        worker.start();
      }
    }
  }

  /** Evaluations told, and since when no more. */
  private static final class Progress {

    private final Path run;
    private int told;
    private long lastNanos = System.nanoTime();

    Progress(Path run) {
      this.run = run;
    }

    Duration silence() {
      int now = SearchLog.count(run);
      if (now != told) {
        told = now;
        lastNanos = System.nanoTime();
      }
      return Duration.ofNanos(System.nanoTime() - lastNanos);
    }

    int told() {
      return told;
    }
  }
}
