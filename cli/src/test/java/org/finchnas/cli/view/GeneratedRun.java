package org.finchnas.cli.view;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.jspecify.annotations.Nullable;

/**
 * A run that nobody trained: a made-up search of a size of one's choice, with lineages, two rungs,
 * duplicates and failures, drawn from a seed.
 */
public final class GeneratedRun {

  /** What would do harm in a page that took it for markup. */
  public static final String HARM = "</script><img src=x onerror=\"document.title='harmed'\">";

  private static final Fidelity LOW = new Fidelity(2, 500, 0);
  private static final Fidelity FULL = new Fidelity(6, 2000, 0);

  private final Random random;
  private final CellSearchSpace space;
  private final List<ToldEvaluation> told = new ArrayList<>();
  private final List<Completed> parents = new ArrayList<>();

  private GeneratedRun(SearchConfig config, long seed) {
    this.random = new Random(seed);
    this.space = config.space().forImages(32);
  }

  /** Of how many evaluations the search may be. */
  public static SearchConfig config(int budget) {
    return new SearchConfig(
        "generated",
        7,
        DataConfig.DEFAULT,
        SpaceConfig.DEFAULT,
        StrategyConfig.defaults(20),
        ProxyConfig.DEFAULT,
        InitialConfig.DEFAULT,
        List.of(),
        null,
        List.of(Objective.VALIDATION_ACCURACY, Objective.MACS),
        List.of(),
        FileBytesConfig.DEFAULT,
        new Rungs(3, List.of(LOW, FULL)),
        TrainingParams.DEFAULT,
        new SearchBudget(budget, null),
        ExecutionConfig.defaults(2),
        FinalConfig.DEFAULT,
        ExportConfig.DEFAULT);
  }

  /** A run that has begun, without an evaluation; held until it is closed. */
  public static RunDirectory begin(Path path, int budget) {
    SearchConfig config = config(budget);
    return RunDirectory.create(
        path, config, Provenance.here("0.1.0", config, "da7a", "openblas avx2"));
  }

  /** The evaluations that such a run would tell; the same for the same arguments. */
  public static List<ToldEvaluation> told(int count, long seed) {
    GeneratedRun run = new GeneratedRun(config(count), seed);
    for (int number = 0; number < count; number++) {
      run.tell(number);
    }
    return run.told;
  }

  /** Writes a whole run and lets it go. */
  public static void write(Path path, int budget, List<ToldEvaluation> told) {
    try (RunDirectory run = begin(path, budget)) {
      told.forEach(run.log()::append);
    }
  }

  /**
   * @param arguments the folder, and the number of evaluations
   */
  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[1]);
    write(Path.of(arguments[0]), count + count / 10, told(count, 1));
  }

  private void tell(int number) {
    Duration elapsed = Duration.ofMillis(4000L * number + random.nextInt(4000));
    boolean copied = number > 20 && random.nextInt(40) == 0;
    ToldEvaluation twin = copied ? told.get(random.nextInt(number)) : null;
    if (twin != null
        && twin.evaluation() instanceof Completed completed
        && twin.duplicateOf() == null) {
      Candidate same = completed.candidate();
      Candidate candidate =
          new Candidate(
              number, same.design(), same.fidelity(), number, same.parent(), same.start());
      told.add(new ToldEvaluation(completed.copiedTo(candidate), same.number(), elapsed));
      return;
    }
    Evaluation evaluation = evaluation(number, elapsed);
    told.add(new ToldEvaluation(evaluation, null, elapsed));
    if (evaluation instanceof Completed completed) {
      parents.add(completed);
    }
  }

  private Evaluation evaluation(int number, Duration elapsed) {
    Completed parent = parents.size() < 20 ? null : best();
    boolean promoted =
        parent != null && random.nextInt(3) == 0 && parent.candidate().fidelity().equals(LOW);
    Architecture architecture = architecture(parent, promoted);
    Start start = parent != null && promoted ? Start.continued(parent) : null;
    Candidate candidate =
        new Candidate(
            number,
            architecture,
            promoted || (parent == null && random.nextInt(3) == 0) ? FULL : LOW,
            random.nextLong(),
            parent == null || promoted ? null : parent.candidate().number(),
            start);
    Execution execution =
        new Execution(
            "host-" + random.nextInt(4) + (random.nextInt(50) == 0 ? HARM : ""),
            1000 + random.nextInt(4),
            Instant.ofEpochSecond(1_800_000_000L).plus(elapsed),
            Duration.ofMillis(3000 + random.nextInt(9000)));
    if (random.nextInt(30) == 0) {
      FailureReason[] reasons = FailureReason.values();
      String message = "loss NaN at step %d %s".formatted(random.nextInt(999), HARM);
      return new Failed(candidate, reasons[random.nextInt(reasons.length)], message, execution);
    }
    return completed(candidate, parent, execution);
  }

  private Completed best() {
    Completed best = parents.get(random.nextInt(parents.size()));
    for (int i = 0; i < 3; i++) {
      Completed other = parents.get(random.nextInt(parents.size()));
      boolean better =
          other.score(Objective.VALIDATION_ACCURACY) > best.score(Objective.VALIDATION_ACCURACY);
      best = better ? other : best;
    }
    return best;
  }

  private Architecture architecture(@Nullable Completed parent, boolean promoted) {
    if (parent == null) {
      return space.sample(random);
    }
    Architecture before = parent.candidate().architecture();
    if (promoted) {
      return before;
    }
    Architecture other = space.sample(random);
    return random.nextBoolean()
        ? new Architecture(other.normal(), before.reduction(), before.macro())
        : new Architecture(before.normal(), other.reduction(), before.macro());
  }

  private Completed completed(
      Candidate candidate, @Nullable Completed parent, Execution execution) {
    double macs =
        parent == null
            ? 4e5 * Math.exp(3.5 * random.nextDouble())
            : parent.score(Objective.MACS) * Math.exp(0.4 * random.nextGaussian());
    double capacity = 1 - Math.exp(-Math.pow(macs / 3e6, 0.6));
    double skill = parent == null ? 0.2 : parent.score(Objective.VALIDATION_ACCURACY);
    double accuracy =
        Math.min(
            0.95, 0.1 + 0.75 * capacity * (0.55 + 0.45 * skill) + 0.04 * random.nextGaussian());
    Map<String, Double> scores = new HashMap<>();
    scores.put("validationAccuracy", Math.max(0.05, accuracy));
    scores.put("macs", (double) Math.round(macs));
    scores.put("params", (double) Math.round(macs / (30 + random.nextInt(30))));
    scores.put("peakActivationBytes", (double) Math.round(Math.sqrt(macs) * 90));
    List<Epoch> curve = new ArrayList<>();
    int done = candidate.start() == null ? 0 : candidate.start().epochs();
    for (int epoch = done + 1; epoch <= candidate.fidelity().epochs(); epoch++) {
      double share = (double) epoch / candidate.fidelity().epochs();
      curve.add(new Epoch(2.3 - 1.4 * share, accuracy * Math.sqrt(share)));
    }
    return new Completed(
        candidate,
        scores,
        curve,
        "%064x".formatted(random.nextLong() >>> 1),
        candidate.fidelity().trainImages() * (long) curve.size(),
        0,
        execution);
  }
}
