package org.finchnas.worker.training;

import java.util.List;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.searchspace.network.TrainedNetwork;

/** What became of a training. */
public sealed interface TrainingOutcome {

  /** It went through. */
  record Finished(TrainedNetwork network, List<Epoch> learningCurve) implements TrainingOutcome {
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
