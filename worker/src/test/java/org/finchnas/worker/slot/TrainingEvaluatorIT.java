package org.finchnas.worker.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.training.PreparedTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingEvaluatorIT {

  private static final CellSearchSpace SPACE =
      new CellSearchSpace(
          OperationSet.AMOEBANET.operations(), 2, List.of(1), List.of(4), Stem.CIFAR, 32);
  private static final Fidelity SHORT = new Fidelity(1, 128, 16);

  @TempDir static Path directory;
  private static PreparedTask prepared;

  @BeforeAll
  static void prepare() {
    prepared = PreparedTask.of(task(TrainingParams.DEFAULT, directory));
  }

  @Test
  void candidatesAreScoredAndTheirWeightsLieUnderTheirHash() throws Exception {
    Completed completed = (Completed) evaluate(prepared, 1, List.of(candidate(0, SHORT))).get(0);

    assertThat(completed.score(Objective.VALIDATION_ACCURACY)).isBetween(0.0, 1.0);
    assertThat(completed.learningCurve()).hasSize(1);
    Path file = directory.resolve("weights/" + completed.weights() + WeightsFile.SUFFIX);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(completed.weights());
    assertThat(WeightsFile.read(file).blueprint().image().height()).isEqualTo(16);
  }

  @Test
  void twoSlotsSideBySideGiveWhatOneGives() {
    List<Candidate> candidates = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      candidates.add(candidate(number, SHORT));
    }

    assertThat(weights(evaluate(prepared, 2, candidates)))
        .isEqualTo(weights(evaluate(prepared, 1, candidates)))
        .doesNotHaveDuplicates();
  }

  @Test
  void aDivergingCandidateFailsAndTheNextIsTrained() {
    TrainingParams wild = new TrainingParams(16, 1e25, 0.9, 0, 1, 0, false, 0);
    List<Evaluation> evaluations =
        evaluate(
            PreparedTask.of(task(wild, directory)),
            1,
            List.of(candidate(0, SHORT), candidate(1, SHORT)));

    assertThat(evaluations)
        .allSatisfy(e -> assertThat(((Failed) e).reason()).isEqualTo(FailureReason.DIVERGED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights", "checkpoints"})
  void whatCannotBeWrittenEndsTheEvaluatorAndFailsNoCandidate(
      String folder, @TempDir Path elsewhere) throws IOException {
    // A file in the place of a folder stops root, too.
    Files.writeString(elsewhere.resolve(folder), "in the way");
    TrainingTask task = task(TrainingParams.DEFAULT, elsewhere);
    try (TrainingEvaluator evaluator =
        new TrainingEvaluator(PreparedTask.of(task), 1, Duration.ZERO)) {
      CompletableFuture<Evaluation> outcome = evaluator.submit(candidate(0, SHORT));

      assertThatThrownBy(outcome::join)
          .hasCauseInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(elsewhere.resolve(folder).toString())
          .hasMessageContaining("Make room on that disk");
    }
  }

  @Test
  void aCandidateOverALimitFailsAndSaysWhich() {
    assertThat(failure(limited(1, 0)).reason()).isEqualTo(FailureReason.STEPS);
    assertThat(failure(limited(0, 1)).reason()).isEqualTo(FailureReason.MEMORY);
  }

  @Test
  void aCandidateIsTrainedInEachFoldAndEqualOnesGiveTheSame() {
    Candidate folded = candidate(3, new Fidelity(2, 128, 16, 3));

    List<Evaluation> both = evaluate(prepared, 1, List.of(folded, folded));

    Completed first = (Completed) both.get(0);
    Completed second = (Completed) both.get(1);
    assertThat(first.learningCurve()).hasSize(2);
    assertThat(first.trainedImages()).isEqualTo(3 * 2 * 128);
    // Of each of the 10 000 training images it is known whether it is right.
    double right = first.score(Objective.VALIDATION_ACCURACY) * 10_000;
    assertThat(right).isCloseTo(Math.rint(right), within(1e-6));
    assertThat(second.scores()).isEqualTo(first.scores());
    assertThat(second.weights()).isEqualTo(first.weights());
    assertThat(directory.resolve("checkpoints"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
  }

  @Test
  void stepsAreLimitedInAllFoldsTogether() {
    TrainingTask task = task(TrainingParams.DEFAULT, directory, 5, 0);
    Fidelity twoSteps = new Fidelity(1, 128, 16, 3);

    Evaluation outcome = evaluate(PreparedTask.of(task), 1, List.of(candidate(0, twoSteps))).get(0);

    assertThat(((Failed) outcome).reason()).isEqualTo(FailureReason.STEPS);
  }

  private static Failed failure(TrainingTask task) {
    return (Failed) evaluate(PreparedTask.of(task), 1, List.of(candidate(0, SHORT))).get(0);
  }

  private static List<Evaluation> evaluate(
      PreparedTask task, int slots, List<Candidate> candidates) {
    try (TrainingEvaluator evaluator = new TrainingEvaluator(task, slots, Duration.ofHours(1))) {
      List<CompletableFuture<Evaluation>> running =
          candidates.stream().map(evaluator::submit).toList();
      return running.stream().map(CompletableFuture::join).toList();
    }
  }

  private static List<String> weights(List<Evaluation> evaluations) {
    return evaluations.stream().map(evaluation -> ((Completed) evaluation).weights()).toList();
  }

  private static Candidate candidate(int number, Fidelity fidelity) {
    Architecture architecture = SPACE.sample(new SplittableRandom(number));
    return new Candidate(number, architecture, fidelity, 100 + number, null, null);
  }

  private static TrainingTask task(TrainingParams params, Path run) {
    return task(params, run, 0, 0);
  }

  private static TrainingTask limited(long maxSteps, long maxBytes) {
    return task(TrainingParams.DEFAULT, directory, maxSteps, maxBytes);
  }

  private static TrainingTask task(TrainingParams params, Path run, long maxSteps, long maxBytes) {
    return new TrainingTask(
        "shapes",
        null,
        directory.resolve("cache").toString(),
        32,
        0.1,
        1,
        params,
        run.resolve("weights").toString(),
        run.resolve("checkpoints").toString(),
        maxSteps,
        maxBytes);
  }
}
