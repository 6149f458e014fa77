package org.finchnas.worker.training;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.evaluation.Epoch;
import org.finchnas.worker.training.TrainingOutcome.Finished;

/**
 * Trainings of one network in the folds of its images as one result (Stone 1974,
 * doi:10.1111/j.2517-6161.1974.tb00994.x): its accuracy is the share of all images that the
 * training which did not see them gets right, its learning curve the mean of theirs, its weights
 * those of the first fold.
 */
public final class CrossValidation {

  private CrossValidation() {}

  /**
   * The result.
   *
   * @param images of each fold, in the order of the trainings
   */
  public static Finished of(List<Finished> folds, List<TrainingImages> images) {
    if (folds.size() == 1) {
      return folds.get(0);
    }
    List<Epoch> curve = new ArrayList<>();
    for (int epoch = 0; epoch < folds.get(0).learningCurve().size(); epoch++) {
      double loss = 0;
      double right = 0;
      long held = 0;
      for (int fold = 0; fold < folds.size(); fold++) {
        Epoch here = folds.get(fold).learningCurve().get(epoch);
        int size = images.get(fold).held().size();
        loss += here.trainLoss();
        right += here.validationAccuracy() * size;
        held += size;
      }
      curve.add(new Epoch(loss / folds.size(), right / held));
    }
    long trainedImages = folds.stream().mapToLong(Finished::trainedImages).sum();
    Finished first = folds.get(0);
    return new Finished(first.network(), curve, trainedImages, first.inheritedShare());
  }
}
