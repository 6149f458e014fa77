package org.finchnas.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.coordinator.RunRecord;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.SearchPlan;
import org.finchnas.coordinator.SearchResult;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.ClusterImages;
import org.finchnas.coordinator.cluster.ClusterListener;
import org.finchnas.coordinator.cluster.ClusterPlan;
import org.finchnas.coordinator.cluster.Dispatcher;
import org.finchnas.coordinator.cluster.message.Reply.SlotSettings;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.NetworkCostModel;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evolution.SearchProblem;
import org.finchnas.evolution.SearchStrategies;
import org.finchnas.searchspace.network.Shape;

/** A search as {@code finch search --cluster} wires it, in a folder that is made afresh. */
final class FakeSearch implements AutoCloseable {

  private static final int CHANNELS = 3;
  private static final int CLASSES = 10;

  private final SearchConfig config;
  private final RunDirectory run;
  private final Dispatcher dispatcher;

  /**
   * @param name of the run
   * @param settings {@code key=value} that differ from the benchmark's configuration
   */
  FakeSearch(String name, List<String> settings) {
    Path folder = Scratch.directory("cluster").resolve("run-" + name);
    delete(folder);
    this.config =
        SearchConfigReader.read(
            Path.of(System.getProperty("finch.configs", "benchmarks/configs"), "cluster.yaml"),
            settings);
    this.run = RunDirectory.claim(folder, config);
    this.dispatcher =
        new Dispatcher(
            plan(),
            run.weights(),
            List.of(),
            candidate -> 1,
            ClusterListener.NONE,
            System::nanoTime);
  }

  /** What a transport is to serve. */
  Dispatcher dispatcher() {
    return dispatcher;
  }

  private ClusterPlan plan() {
    return new ClusterPlan(
        run.id(),
        FakeWorker.BUILD,
        task(),
        List.of(new ClusterImages(Images.SIZE, Images.open().contentHash(), Images.file())),
        null,
        false,
        new SlotSettings(0, Duration.ofMinutes(10).toSeconds()),
        ClusterPlan.DEFAULT_LEASE,
        Duration.ZERO);
  }

  private TrainingTask task() {
    return new TrainingTask(
        Images.SET,
        null,
        Images.cache().toString(),
        Images.SIZE,
        config.data().validation(),
        config.data().splitSeed(),
        config.training(),
        run.weights().toString(),
        run.checkpoints().toString(),
        0,
        0);
  }

  /** Waits for a worker, then gives the loop to be run, once. */
  SearchLoop loop(TrainingSite site) {
    run.begin(Provenance.here("benchmark", config, site.images().dataHash(), site.numericClass()));
    CostModel costs = new NetworkCostModel(new Shape(CHANNELS, Images.SIZE, Images.SIZE), CLASSES);
    SearchProblem problem =
        new SearchProblem(
            config.space().forImages(Images.SIZE),
            costs,
            config.constraints(),
            config.objectives());
    return new SearchLoop(
        SearchPlan.of(config),
        SearchStrategies.create(
            config.strategy().strategy(), problem, config.rungs(), config.seed()),
        costs,
        site,
        new RunRecord(run.log(), run.finished()));
  }

  /** Runs a loop in a thread of its own, until it is stopped. */
  static Thread start(SearchLoop loop, SearchListener listener) {
    Thread thread =
        new Thread(
            () -> {
              SearchResult result = loop.run(listener);
              if (result.end() != SearchResult.End.STOPPED) {
                System.err.println("The search ended too early: raise budget.evaluations.");
              }
            },
            "search");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run.close();
  }
}
