package org.finchnas.benchmarks.fidelity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.finchnas.coordinator.RunRecord;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.SearchPlan;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.coordinator.slots.SlotPoolParams;
import org.finchnas.evaluation.NetworkCostModel;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotCommand;
import org.finchnas.evolution.SearchProblem;
import org.finchnas.evolution.SearchStrategies;
import org.finchnas.searchspace.network.Shape;

/**
 * A search in a folder: begun, taken up where it stopped, or only read if it is over.
 *
 * @param data folder of published files
 * @param cache for decoded images
 */
record SearchRun(SearchConfig config, Path folder, Path data, Path cache) {

  private static final int CHANNELS = 3;
  private static final int CLASSES = 10;

  /**
   * @param enough ends the search early
   */
  List<ToldEvaluation> told(Predicate<List<ToldEvaluation>> enough) {
    boolean begun = Files.exists(folder.resolve("provenance.json"));
    if (begun) {
      List<ToldEvaluation> told = RecordedRun.read(folder).told();
      if (told.size() >= config.budget().evaluations() || enough.test(told)) {
        return told;
      }
    }
    try (RunDirectory run = begun ? RunDirectory.open(folder) : RunDirectory.claim(folder, config);
        SlotPool slots = slots(run.weights(), run.checkpoints(), run.slots())) {
      if (!begun) {
        run.begin(
            Provenance.here("benchmark", config, slots.images().dataHash(), slots.numericClass()));
      }
      SearchLoop loop = loop(run, slots);
      return loop.run(new Watch(enough, loop)).history();
    }
  }

  /** Has something trained with this search's images and parameters. */
  <T> T train(Function<SlotPool, T> use) {
    try (SlotPool slots =
        slots(folder.resolve("weights"), folder.resolve("checkpoints"), folder.resolve("slots"))) {
      return use.apply(slots);
    }
  }

  NetworkCostModel costs() {
    int size = config.data().image();
    return new NetworkCostModel(new Shape(CHANNELS, size, size), CLASSES);
  }

  private SearchLoop loop(RunDirectory run, SlotPool slots) {
    SearchProblem problem =
        new SearchProblem(
            config.space().forImages(config.data().image()),
            costs(),
            config.constraints(),
            config.objectives());
    return new SearchLoop(
        SearchPlan.of(config),
        SearchStrategies.create(
            config.strategy().strategy(), problem, config.rungs(), config.seed()),
        costs(),
        slots,
        new RunRecord(run.log(), run.finished()));
  }

  private SlotPool slots(Path weights, Path checkpoints, Path logs) {
    long memory = config.execution().memoryPerSlot();
    TrainingTask task =
        new TrainingTask(
            config.data().set(),
            data.toString(),
            cache.toString(),
            config.data().image(),
            config.data().validation(),
            config.data().splitSeed(),
            config.training(),
            weights.toString(),
            checkpoints.toString(),
            0,
            memory);
    SlotPoolParams params =
        new SlotPoolParams(
            config.execution().slots(),
            config.execution().retries(),
            SlotPoolParams.DEFAULT_START,
            Duration.ofMinutes(config.execution().timeoutMinutes()),
            logs,
            "here");
    return SlotPool.start(
        SlotCommand.likeThisProcess(memory)::processBuilder, task, params, SlotListener.NONE);
  }

  /** Stops a search that has told enough. */
  private static final class Watch implements SearchListener {

    private final List<ToldEvaluation> told = new ArrayList<>();
    private final Predicate<List<ToldEvaluation>> enough;
    private final SearchLoop loop;

    Watch(Predicate<List<ToldEvaluation>> enough, SearchLoop loop) {
      this.enough = enough;
      this.loop = loop;
    }

    @Override
    public void told(ToldEvaluation each) {
      told.add(each);
      if (enough.test(told)) {
        loop.stop();
      }
    }

    @Override
    public void replayed(ToldEvaluation each) {
      told.add(each);
    }
  }
}
