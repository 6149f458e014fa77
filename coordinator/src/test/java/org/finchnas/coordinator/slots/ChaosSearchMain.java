package org.finchnas.coordinator.slots;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.finchnas.coordinator.RunRecord;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.SearchPlan;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.Toy;
import org.finchnas.coordinator.config.DataConfig;
import org.finchnas.coordinator.config.ExecutionConfig;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.finchnas.coordinator.config.ExportConfig;
import org.finchnas.coordinator.config.FileBytesConfig;
import org.finchnas.coordinator.config.FinalConfig;
import org.finchnas.coordinator.config.InitialConfig;
import org.finchnas.coordinator.config.ProxyConfig;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SpaceConfig;
import org.finchnas.coordinator.config.StrategyConfig;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;

/**
 * A whole search in a process that can be killed: begins the run or continues it. Its arguments:
 * the run, the directory of {@link FakeSlotMain}, and the number of slots. It writes a line for
 * each training that was put away and each result that was told.
 */
public final class ChaosSearchMain {

  static final int EVALUATIONS = 150;

  private ChaosSearchMain() {}

  public static void main(String[] args) {
    Path path = Path.of(args[0]);
    SearchConfig config = config(Integer.parseInt(args[2]));
    boolean begun = Files.exists(path.resolve("provenance.json"));
    try (RunDirectory run = begun ? RunDirectory.open(path) : RunDirectory.claim(path, config);
        SlotPool pool = pool(run, Path.of(args[1]), Integer.parseInt(args[2]))) {
      if (!begun) {
        run.begin(Provenance.here("test", config, pool.images().dataHash(), pool.numericClass()));
      }
      new SearchLoop(
              SearchPlan.of(config),
              Toy.strategy(config.seed(), 0),
              Toy.costs(),
              pool,
              new RunRecord(run.log(), run.finished()))
          .run(new Announcing());
    }
  }

  static ProcessBuilder command(Path run, Path directory, int slots) {
    List<String> command = FakeSlotMain.java(ChaosSearchMain.class);
    command.addAll(List.of(run.toString(), directory.toString(), String.valueOf(slots)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static SlotPool pool(RunDirectory run, Path directory, int slots) {
    TrainingTask task =
        new TrainingTask(
            "shapes",
            null,
            "cache",
            32,
            0.1,
            0,
            TrainingParams.DEFAULT,
            run.weights().toString(),
            run.checkpoints().toString(),
            0,
            0);
    // So many retries that a candidate cannot be lost for good: that is outside the guarantee.
    SlotPoolParams params =
        new SlotPoolParams(
            slots,
            100,
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            run.path().resolve("slots"),
            "here");
    return SlotPool.start(slot -> FakeSlotMain.command(directory), task, params, SlotListener.NONE);
  }

  private static SearchConfig config(int slots) {
    return new SearchConfig(
        "chaos",
        17,
        DataConfig.DEFAULT,
        SpaceConfig.DEFAULT,
        StrategyConfig.defaults(EVALUATIONS),
        ProxyConfig.DEFAULT,
        InitialConfig.DEFAULT,
        List.of(),
        null,
        List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS),
        List.of(),
        FileBytesConfig.DEFAULT,
        Rungs.only(Toy.FIDELITY),
        TrainingParams.DEFAULT,
        new SearchBudget(EVALUATIONS, null),
        new ExecutionConfig(slots, 8, Order.STRICT, 60, 2, 1L << 30, 0),
        FinalConfig.DEFAULT,
        ExportConfig.DEFAULT);
  }

  private static final class Announcing implements SearchListener {

    @Override
    public void finished(Evaluation evaluation) {
      System.out.println("finished " + evaluation.candidate().number());
    }

    @Override
    public void told(ToldEvaluation told) {
      System.out.println("told " + told.number());
    }
  }
}
