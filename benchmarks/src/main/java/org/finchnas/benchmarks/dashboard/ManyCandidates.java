package org.finchnas.benchmarks.dashboard;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.DataConfig;
import org.finchnas.coordinator.config.ExecutionConfig;
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
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.CellSearchSpace;

/** A run that nobody trained, of as many candidates as one likes, each bred from one before. */
final class ManyCandidates {

  private static final Fidelity FIDELITY = new Fidelity(4, 0, 0);
  private static final int LARGEST_BUDGET = 1_000_000;

  private final Random random = new Random(1);
  private final CellSearchSpace space = SpaceConfig.DEFAULT.forImages(32);
  private final List<Double> accuracies = new ArrayList<>();

  /** Begins it; told are the first so many. */
  RunDirectory begin(Path path, int count) {
    SearchConfig config = config();
    RunDirectory run =
        RunDirectory.create(path, config, Provenance.here("benchmark", config, "none", "none"));
    for (int i = 0; i < count; i++) {
      run.log().append(next());
    }
    return run;
  }

  private static SearchConfig config() {
    return new SearchConfig(
        "many",
        1,
        DataConfig.DEFAULT,
        SpaceConfig.DEFAULT,
        StrategyConfig.defaults(50),
        ProxyConfig.DEFAULT,
        InitialConfig.DEFAULT,
        List.of(),
        null,
        List.of(Objective.VALIDATION_ACCURACY, Objective.MACS),
        List.of(),
        FileBytesConfig.DEFAULT,
        Rungs.only(FIDELITY),
        TrainingParams.DEFAULT,
        new SearchBudget(LARGEST_BUDGET, null),
        ExecutionConfig.defaults(2),
        FinalConfig.DEFAULT,
        ExportConfig.DEFAULT);
  }

  /** The next one that would be told. */
  ToldEvaluation next() {
    int number = accuracies.size();
    Integer parent = number < 50 ? null : number - 1 - random.nextInt(50);
    double inherited = parent == null ? 0.2 : accuracies.get(parent);
    double macs = 1e6 * Math.exp(4 * random.nextDouble());
    double accuracy =
        Math.min(0.95, 0.5 * inherited + 0.06 * Math.log10(macs) + 0.1 * random.nextDouble());
    accuracies.add(accuracy);
    Duration elapsed = Duration.ofSeconds(5L * number);
    Candidate candidate =
        new Candidate(number, space.sample(random), FIDELITY, random.nextLong(), parent, null);
    return new ToldEvaluation(
        new Completed(
            candidate,
            Map.of(
                Objective.VALIDATION_ACCURACY.name(), accuracy,
                Objective.MACS.name(), (double) Math.round(macs),
                Objective.PARAMS.name(), (double) Math.round(macs / 40),
                Objective.PEAK_ACTIVATION_BYTES.name(), (double) Math.round(90 * Math.sqrt(macs))),
            List.of(new Epoch(1.5, Double.NaN), new Epoch(1.1, accuracy)),
            "%064x".formatted(number),
            50_000,
            0,
            new Execution("here", 1, Instant.EPOCH.plus(elapsed), Duration.ofSeconds(9))),
        null,
        elapsed);
  }
}
