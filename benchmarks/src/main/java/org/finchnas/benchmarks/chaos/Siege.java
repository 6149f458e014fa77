package org.finchnas.benchmarks.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Searches that are disturbed until they have stood enough, each compared with one that was not.
 */
final class Siege {

  private static final int DISTURBANCES_PER_SEARCH = 10;
  private static final Duration SHORTEST_MEAN = Duration.ofSeconds(2);
  private static final Duration LONGEST_MEAN = Duration.ofSeconds(8);

  private final Setup setup;
  private final Path folder;
  private final Consumer<String> news;
  private final SearchLog undisturbed;
  private final Duration mean;
  private final Tally tally = new Tally();

  private Siege(
      Setup setup, Path folder, Consumer<String> news, SearchLog undisturbed, Duration mean) {
    this.setup = setup;
    this.folder = folder;
    this.news = news;
    this.undisturbed = undisturbed;
    this.mean = mean;
  }

  /**
   * Runs the search once in peace, without a cluster.
   *
   * @param folder a new one, for all that is left behind
   * @throws IllegalStateException if it fails
   */
  static Siege prepare(Setup setup, Path folder, Consumer<String> news)
      throws InterruptedException {
    Path run = folder.resolve("undisturbed");
    Node search =
        new Node(
            "undisturbed",
            () -> setup.finch().processBuilder(List.of(), setup.search(run)),
            folder.resolve("undisturbed.log"));
    long startNanos = System.nanoTime();
    try (Hook hook = Hook.of(search::retire)) {
      search.start();
      search.handle().onExit().join();
    }
    if (search.exitCode() != 0) {
      throw new IllegalStateException(
          "The undisturbed search failed; what it said is in %s.".formatted(search.log()));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    news.accept("the undisturbed search took %.1f s".formatted(took.toMillis() / 1e3));
    return new Siege(setup, folder, news, SearchLog.read(run), mean(took));
  }

  /** Seldom enough that a search gets on, on a machine as fast as this is now. */
  private static Duration mean(Duration search) {
    Duration share = search.dividedBy(DISTURBANCES_PER_SEARCH);
    if (share.compareTo(SHORTEST_MEAN) < 0) {
      return SHORTEST_MEAN;
    }
    return share.compareTo(LONGEST_MEAN) > 0 ? LONGEST_MEAN : share;
  }

  /** Disturbs one search after the other, until there were so many disturbances. */
  void run(String name, Network network, Disturbance disturbance, int count, Random random)
      throws InterruptedException {
    if (count == 0) {
      return;
    }
    Cluster cluster = new Cluster(setup, network, folder.resolve(name));
    Barrage barrage =
        new Barrage(
            cluster, disturbance, count, mean.multipliedBy(disturbance.spacing()), random, news);
    try (Hook hook = Hook.of(cluster::close)) {
      cluster.startWorkers();
      Trainings trainings = new Trainings();
      for (int search = 1; !barrage.isOver(); search++) {
        Path run = cluster.folder().resolve("search-" + search);
        barrage.search(run, tally);
        Comparison comparison = Comparison.of(run, undisturbed);
        tally.add(
            comparison,
            Reissues.read(run, disturbance.killedWorkers()),
            trainings.again(cluster.workers()));
        news.accept(
            "%s of %s is over: %s"
                .formatted(run.getFileName(), name, comparison.isSame() ? "same" : comparison));
      }
      barrage.cease();
    } catch (StuckException e) {
      tally.addFault("%s Its files are in %s.".formatted(e.getMessage(), cluster.folder()));
      news.accept(String.valueOf(e.getMessage()));
    }
  }

  Tally tally() {
    return tally;
  }
}
