package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.worker.training.TrainingOutcome.Finished;
import org.finchnas.worker.training.TrainingOutcome.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

  private static final TrainingParams PARAMS =
      new TrainingParams(16, 0.05, 0.9, 1e-4, 0.8, 5, false, 1);
  private static final TrainingImages IMAGES = Halves.images(200, 90);
  private static final TrainingListener NOBODY = (epochs, last) -> {};

  @Test
  void aNetworkLearns() {
    Finished finished = finished(plan(PARAMS, 6, 1));

    assertThat(finished.accuracy()).isGreaterThan(0.9);
    assertThat(finished.learningCurve().get(5).trainLoss())
        .isLessThan(finished.learningCurve().get(0).trainLoss() / 2);
  }

  @Test
  void theAccuracyIsMeasuredAfterTheLastEpochOrAfterEach() {
    TrainingPlan last = plan(PARAMS, 3, 1);
    TrainingPlan each = new TrainingPlan(PARAMS, 3, 1, true, 0, 0, null);

    assertThat(finished(last).learningCurve())
        .extracting(epoch -> Double.isNaN(epoch.validationAccuracy()))
        .containsExactly(true, true, false);
    assertThat(finished(each).learningCurve())
        .extracting(epoch -> Double.isNaN(epoch.validationAccuracy()))
        .containsExactly(false, false, false);
    assertThat(finished(each).accuracy()).isEqualTo(finished(last).accuracy());
  }

  @Test
  void theSameSeedGivesTheSameWeightsBitForBit() {
    Map<String, List<Float>> weights = weights(finished(plan(PARAMS, 2, 7)));

    assertThat(weights(finished(plan(PARAMS, 2, 7)))).isEqualTo(weights);
    assertThat(weights(finished(plan(PARAMS, 2, 8)))).isNotEqualTo(weights);
  }

  @Test
  void aKilledTrainingContinuesBitForBit(@TempDir Path directory) throws IOException {
    TrainingPlan plan = plan(PARAMS, 4, 7);
    Checkpoints checkpoints = Checkpoints.in(directory, "training", Duration.ZERO);
    TrainingListener killer =
        (epochs, last) -> {
          if (epochs == 3) {
            throw new IllegalStateException("killed before its third checkpoint");
          }
        };
    assertThatThrownBy(() -> Trainer.train(Halves.network(), IMAGES, plan, checkpoints, killer))
        .hasMessageContaining("killed");
    assertThat(directory).isNotEmptyDirectory();
    List<Integer> epochs = new ArrayList<>();
    List<Integer> done = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void resumed(int epochsDone) {
            done.add(epochsDone);
          }

          @Override
          public void epoch(int number, Epoch last) {
            epochs.add(number);
          }
        };

    Finished resumed =
        (Finished) Trainer.train(Halves.network(), IMAGES, plan, checkpoints, listener);

    Finished whole = finished(plan);
    assertThat(done).containsExactly(2);
    assertThat(epochs).containsExactly(3, 4);
    assertThat(resumed.learningCurve()).isEqualTo(whole.learningCurve());
    assertThat(weights(resumed)).isEqualTo(weights(whole));
  }

  @Test
  void aCheckpointOfAnotherLayoutIsAsGoodAsNone(@TempDir Path directory) {
    TrainingPlan plan = plan(PARAMS, 2, 1);
    Checkpoints other = Checkpoints.in(directory, "training", Duration.ZERO);
    other.offer(
        () -> new Checkpoint(List.of(new Epoch(1, Double.NaN)), new float[3], new float[3]));
    List<Integer> epochs = new ArrayList<>();

    Trainer.train(Halves.network(), IMAGES, plan, other, (n, last) -> epochs.add(n));

    assertThat(epochs).containsExactly(1, 2);
  }

  @Test
  void aContinuedTrainingTrainsTheRestAndKeepsWhatWasLearnt() {
    Finished early = finished(plan(PARAMS, 2, 7));
    TrainingPlan rest = continued(early, 6, 8);
    Finished whole = finished(rest);

    assertThat(whole.learningCurve()).hasSize(4);
    assertThat(whole.learningCurve().get(0).trainLoss())
        .isLessThan(early.learningCurve().get(0).trainLoss());
    assertThat(whole.inheritedShare()).isEqualTo(1);
    assertThat(early.inheritedShare()).isZero();
    // 12 batches of 16 in an epoch of 200.
    assertThat(early.trainedImages()).isEqualTo(2 * 12 * 16);
    assertThat(whole.trainedImages()).isEqualTo(4 * 12 * 16);
    assertThat(weights(finished(rest))).isEqualTo(weights(whole));
  }

  @Test
  void aContinuedTrainingThatWasKilledContinuesBitForBit(@TempDir Path directory) {
    TrainingPlan plan = continued(finished(plan(PARAMS, 1, 7)), 4, 8);
    Checkpoints checkpoints = Checkpoints.in(directory, "training", Duration.ZERO);
    TrainingListener killer =
        (epochs, last) -> {
          if (epochs == 2) {
            throw new IllegalStateException("killed before its second checkpoint");
          }
        };
    assertThatThrownBy(() -> Trainer.train(Halves.network(), IMAGES, plan, checkpoints, killer))
        .hasMessageContaining("killed");
    List<Integer> epochs = new ArrayList<>();

    Finished resumed =
        (Finished)
            Trainer.train(
                Halves.network(), IMAGES, plan, checkpoints, (number, last) -> epochs.add(number));

    assertThat(epochs).containsExactly(2, 3);
    Finished whole = finished(plan);
    assertThat(resumed.learningCurve()).isEqualTo(whole.learningCurve());
    assertThat(resumed.trainedImages()).isEqualTo(whole.trainedImages());
    assertThat(resumed.inheritedShare()).isEqualTo(1);
    assertThat(weights(resumed)).isEqualTo(weights(whole));
  }

  @Test
  void nothingIsLeftToTrainAfterTheLastEpoch() {
    InitialWeights weights = new InitialWeights(finished(plan(PARAMS, 1, 7)).network(), "hash", 1);

    assertThatThrownBy(() -> new TrainingPlan(PARAMS, 1, 8, false, 0, 0, weights))
        .hasMessageContaining("1 epochs in all cannot begin after 1");
  }

  @Test
  void theListenerHearsOfEveryEpoch() {
    List<Epoch> heard = new ArrayList<>();
    Finished finished =
        (Finished)
            Trainer.train(
                Halves.network(),
                IMAGES,
                plan(PARAMS, 3, 1),
                Checkpoints.NONE,
                (epochs, last) -> {
                  heard.add(last);
                  assertThat(epochs).isEqualTo(heard.size());
                });

    assertThat(heard).isEqualTo(finished.learningCurve());
  }

  @Test
  void fewerImagesThanABatchAreOneBatch() {
    TrainingOutcome outcome =
        Trainer.train(
            Halves.network(), Halves.images(10, 5), plan(PARAMS, 1, 1), Checkpoints.NONE, NOBODY);

    assertThat(outcome).isInstanceOf(Finished.class);
  }

  @Test
  void anExplodingTrainingIsRejectedAsDiverged() {
    TrainingParams wild = new TrainingParams(16, 1e25, 0.9, 0, 1, 0, false, 0);

    Rejected rejected = rejected(plan(wild, 5, 1));

    assertThat(rejected.reason()).isEqualTo(FailureReason.DIVERGED);
    assertThat(rejected.message()).containsAnyOf("loss", "weight");
  }

  @Test
  void tooManyStepsAreRejectedBeforeTheFirst() {
    Rejected rejected = rejected(new TrainingPlan(PARAMS, 3, 1, false, 35, 0, null));

    assertThat(rejected.reason()).isEqualTo(FailureReason.STEPS);
    assertThat(rejected.message()).contains("36 steps").contains("limit of 35");
    assertThat(run(new TrainingPlan(PARAMS, 3, 1, false, 36, 0, null)))
        .isInstanceOf(Finished.class);
  }

  @Test
  void tooMuchMemoryIsRejectedBeforeTheFirstStep() {
    Rejected rejected = rejected(new TrainingPlan(PARAMS, 3, 1, false, 0, 100_000, null));

    assertThat(rejected.reason()).isEqualTo(FailureReason.MEMORY);
    assertThat(rejected.message()).contains("MiB").contains("batch size");
  }

  private static TrainingPlan plan(TrainingParams params, int epochs, long seed) {
    return new TrainingPlan(params, epochs, seed, false, 0, 0, null);
  }

  private static TrainingPlan continued(Finished from, int epochs, long seed) {
    InitialWeights initial =
        new InitialWeights(from.network(), "hash", from.learningCurve().size());
    return new TrainingPlan(PARAMS, epochs, seed, false, 0, 0, initial);
  }

  private static TrainingOutcome run(TrainingPlan plan) {
    return Trainer.train(Halves.network(), IMAGES, plan, Checkpoints.NONE, NOBODY);
  }

  private static Finished finished(TrainingPlan plan) {
    return (Finished) run(plan);
  }

  private static Rejected rejected(TrainingPlan plan) {
    return (Rejected) run(plan);
  }

  private static Map<String, List<Float>> weights(Finished finished) {
    Map<String, List<Float>> weights = new TreeMap<>();
    finished
        .network()
        .weights()
        .forEach(
            (name, tensor) -> {
              List<Float> values = new ArrayList<>();
              for (float value : tensor.values()) {
                values.add(value);
              }
              weights.put(name, values);
            });
    return weights;
  }
}
