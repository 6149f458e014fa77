package org.finchnas.worker.training;

import java.util.List;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.searchspace.network.TrainedNetwork;

/** What became of a training. */
public sealed interface TrainingOutcome {

  /**
   * It went through.
   *
   * @param trainedImages images it saw, each as often as it did
   * @param inheritedShare of the params, taken from the plan's initial weights, in [0, 1]
   */
  record Finished(
      TrainedNetwork network, List<Epoch> learningCurve, long trainedImages, double inheritedShare)
      implements TrainingOutcome {
    public Finished {
      learningCurve = List.copyOf(learningCurve);
    }

    /** Share of the held-out images that the network gets right, in [0, 1]. */
    public double accuracy() {
      return learningCurve.get(learningCurve.size() - 1).validationAccuracy();
    }
  }

  /** The network cannot be trained so; says nothing of the machine. */
  record Rejected(FailureReason reason, String message) implements TrainingOutcome {}
}
