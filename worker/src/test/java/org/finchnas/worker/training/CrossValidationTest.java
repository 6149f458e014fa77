package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.worker.training.TrainingOutcome.Finished;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

  private static final TrainingParams PARAMS =
      new TrainingParams(16, 0.05, 0.9, 1e-4, 1, 5, false, 1);

  /** Of 30 and 90 pictures, as many are right as in both trainings together. */
  @Test
  void theAccuracyIsThatOfAllPicturesTogether() {
    List<TrainingImages> images = List.of(Halves.images(60, 30), Halves.images(80, 90));
    List<Finished> folds = images.stream().map(CrossValidationTest::trained).toList();

    Finished whole = CrossValidation.of(folds, images);

    double right = 30 * folds.get(0).accuracy() + 90 * folds.get(1).accuracy();
    assertThat(whole.accuracy()).isCloseTo(right / 120, within(1e-12));
    assertThat(whole.trainedImages()).isEqualTo(2 * (48 + 80));
    assertThat(whole.learningCurve())
        .hasSize(2)
        .extracting(Epoch::trainLoss)
        .containsExactly(mean(folds, 0), mean(folds, 1));
    assertThat(whole.learningCurve().get(0).validationAccuracy()).isNaN();
    assertThat(whole.network()).isSameAs(folds.get(0).network());
  }

  @Test
  void oneFoldIsWhatItIs() {
    TrainingImages images = Halves.images(60, 30);
    Finished only = trained(images);

    assertThat(CrossValidation.of(List.of(only), List.of(images))).isSameAs(only);
  }

  private static double mean(List<Finished> folds, int epoch) {
    return IntStream.range(0, folds.size())
        .mapToDouble(fold -> folds.get(fold).learningCurve().get(epoch).trainLoss())
        .average()
        .orElseThrow();
  }

  private static Finished trained(TrainingImages images) {
    TrainingPlan plan = new TrainingPlan(PARAMS, 2, 3, false, 0, 0, null);
    return (Finished)
        Trainer.train(Halves.network(), images, plan, Checkpoints.NONE, (epochs, last) -> {});
  }
}
