package org.finchnas.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.worker.training.CheckpointKey;
import org.finchnas.worker.training.Checkpoints;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.Trainer;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.TrainingPlan;

/** From fresh weights. */
final class FreshCourse implements TrainingCourse {

  private final PreparedTask prepared;
  private final Blueprint blueprint;
  private final Fidelity fidelity;
  private final TrainingPlan plan;
  private final Checkpoints checkpoints;

  FreshCourse(PreparedTask prepared, Blueprint blueprint, Fidelity fidelity, long seed) {
    this.prepared = prepared;
    this.blueprint = blueprint;
    this.fidelity = fidelity;
    this.plan =
        new TrainingPlan(prepared.task().params(), fidelity.epochs(), seed, true, 0, 0, null);
    this.checkpoints =
        Checkpoints.in(
            Path.of(prepared.task().checkpointDirectory()),
            CheckpointKey.of(prepared, blueprint, fidelity, 0, plan),
            FinalTraining.checkpointAfter());
  }

  @Override
  public List<String> lines(String name) {
    Network network = blueprint.assemble();
    return List.of(
        "Training %s on %s for %d epochs: %s params, %s MACs"
            .formatted(
                name,
                prepared.data().name(),
                epochs(),
                Quantity.rounded((double) network.params()),
                Quantity.rounded((double) network.macs())));
  }

  @Override
  public int epochs() {
    return fidelity.epochs();
  }

  @Override
  public boolean isBegun() {
    return checkpoints.load().isPresent();
  }

  @Override
  public TrainingOutcome train(TrainingListener listener) {
    return Trainer.train(
        blueprint.assemble(), prepared.images(fidelity), plan, checkpoints, listener);
  }

  @Override
  public void discard() {
    checkpoints.discard();
  }

  @Override
  public Map<String, Object> provenance() {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("epochs", fidelity.epochs());
    provenance.put("seed", plan.seed());
    return provenance;
  }
}
