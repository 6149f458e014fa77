package org.finchnas.benchmarks.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.training.Checkpoints;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.Trainer;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.TrainingPlan;

/** A sampled architecture that is to be trained. */
record TrainedCell(int number, Architecture architecture) {

  private static final int CLASSES = 10;

  /** Cells of all operation sets in turn, each with other activations and gates. */
  static List<TrainedCell> sampled(int count, int image) {
    List<OperationSet> sets =
        List.of(OperationSet.MOBILE, OperationSet.NASNET, OperationSet.AMOEBANET);
    List<TrainedCell> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CellSearchSpace space =
          new CellSearchSpace(
              sets.get(i % sets.size()).operations(),
              4,
              List.of(1),
              List.of(8, 12),
              Macro.ACTIVATIONS,
              List.of(false, true),
              Stem.CIFAR,
              image);
      cells.add(new TrainedCell(i + 1, space.sample(new SplittableRandom(100 + i))));
    }
    return cells;
  }

  TrainedNetwork train(PreparedTask prepared, Fidelity fidelity, TrainingParams params) {
    Shape shape = prepared.shape(fidelity);
    TrainingOutcome outcome =
        Trainer.train(
            architecture.assemble(shape, CLASSES),
            prepared.images(fidelity),
            new TrainingPlan(params, fidelity.epochs(), number, false, 0, 0, null),
            Checkpoints.NONE,
            (epochs, last) -> {});
    if (outcome instanceof TrainingOutcome.Finished finished) {
      return finished.network();
    }
    throw new IllegalStateException("Network %d failed: %s".formatted(number, outcome));
  }
}
