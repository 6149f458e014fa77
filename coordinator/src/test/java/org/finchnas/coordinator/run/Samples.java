package org.finchnas.coordinator.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/** Evaluations of all kinds, drawn from a seed. */
final class Samples {

  static final SearchConfig CONFIG = config(ExecutionConfig.defaults(2));

  static final Provenance PROVENANCE = Provenance.here("0.1.0", CONFIG, "da7a", "openblas avx2");

  private Samples() {}

  static SearchConfig config(ExecutionConfig execution) {
    return new SearchConfig(
        "sample",
        7,
        DataConfig.DEFAULT,
        SpaceConfig.DEFAULT,
        StrategyConfig.defaults(20),
        ProxyConfig.DEFAULT,
        InitialConfig.DEFAULT,
        List.of(),
        null,
        List.of(Objective.VALIDATION_ACCURACY),
        List.of(),
        FileBytesConfig.DEFAULT,
        Rungs.only(new Fidelity(1, 0, 0)),
        TrainingParams.DEFAULT,
        SearchBudget.DEFAULT,
        execution,
        FinalConfig.DEFAULT,
        ExportConfig.DEFAULT);
  }

  static RunDirectory run(Path path) {
    return RunDirectory.create(path, CONFIG, PROVENANCE);
  }

  static List<ToldEvaluation> told(int count, long seed) {
    Random random = new Random(seed);
    List<ToldEvaluation> told = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Integer twin = number > 0 && random.nextInt(4) == 0 ? random.nextInt(number) : null;
      told.add(
          new ToldEvaluation(
              evaluation(number, random, twin == null),
              twin,
              Duration.ofNanos(random.nextLong(1_000_000_000_000_000L))));
    }
    return told;
  }

  static Evaluation evaluation(int number, Random random, boolean executed) {
    Candidate candidate = candidate(number, random);
    Execution execution = executed ? execution(random) : null;
    if (random.nextInt(5) == 0) {
      FailureReason[] reasons = FailureReason.values();
      return new Evaluation.Failed(
          candidate, reasons[random.nextInt(reasons.length)], "said \"ünfit\"\n\u2028", execution);
    }
    return new Evaluation.Completed(
        candidate,
        Map.of(
            "validationAccuracy",
            random.nextInt(3) == 0 ? 1.0 : random.nextDouble(),
            "params",
            (double) random.nextInt(1_000_000),
            "macs",
            random.nextDouble() * 1e-7),
        IntStream.range(0, random.nextInt(4)).mapToObj(epoch -> epoch(random)).toList(),
        "%064x".formatted(random.nextLong() >>> 1),
        random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 40),
        random.nextInt(3) == 0 ? 0 : random.nextDouble(),
        execution);
  }

  private static Candidate candidate(int number, Random random) {
    Architecture architecture = CONFIG.space().forImages(32).sample(random);
    Integer parent = number > 0 && random.nextBoolean() ? random.nextInt(number) : null;
    return new Candidate(
        number,
        architecture,
        new Fidelity(10 + random.nextInt(9), random.nextInt(9), random.nextInt(33)),
        random.nextLong(),
        parent,
        start(number, random));
  }

  private static @Nullable Start start(int number, Random random) {
    if (number == 0 || random.nextBoolean()) {
      return null;
    }
    String weights = "%064x".formatted(random.nextLong() >>> 1);
    return random.nextBoolean()
        ? new Start(Start.Kind.INHERITED, random.nextInt(number), weights, 0)
        : new Start(Start.Kind.CONTINUED, random.nextInt(number), weights, 1 + random.nextInt(9));
  }

  private static Execution execution(Random random) {
    return new Execution(
        "host-" + random.nextInt(9),
        random.nextLong(1L << 22),
        Instant.ofEpochSecond(random.nextLong(2_000_000_000L), random.nextInt(1_000_000_000)),
        Duration.ofMillis(random.nextLong(1_000_000)));
  }

  private static Epoch epoch(Random random) {
    return new Epoch(
        random.nextInt(9) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble(),
        random.nextBoolean() ? Double.NaN : random.nextDouble());
  }
}
