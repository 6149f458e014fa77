package org.finchnas.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Head;
import org.finchnas.searchspace.network.Network;
import org.finchnas.worker.training.CheckpointKey;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.Transfer;
import org.finchnas.worker.training.TransferCheckpoints;
import org.finchnas.worker.training.TransferPlan;

/** From another model's weights: its head anew, then, where that is asked for, everything. */
final class TransferCourse implements TrainingCourse {

  private final PreparedTask prepared;
  private final Blueprint blueprint;
  private final Fidelity fidelity;
  private final TransferPlan plan;
  private final BaseModel base;
  private final TransferCheckpoints checkpoints;

  /**
   * @param fidelity with the epochs of the head
   */
  TransferCourse(
      PreparedTask prepared,
      Blueprint blueprint,
      Fidelity fidelity,
      TransferPlan plan,
      BaseModel base) {
    this.prepared = prepared;
    this.blueprint = blueprint;
    this.fidelity = fidelity;
    this.plan = plan;
    this.base = base;
    this.checkpoints =
        TransferCheckpoints.in(
            Path.of(prepared.task().checkpointDirectory()),
            CheckpointKey.of(prepared, blueprint, fidelity, 0, plan.whole()),
            FinalTraining.checkpointAfter());
  }

  @Override
  public List<String> lines(String name) {
    Network network = blueprint.assemble();
    long head = Head.of(network).alone().params();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Teaching %s the %s of %s: a new head of %s params learns for %d epochs, %s params stay as they are."
            .formatted(
                name,
                Quantity.of(blueprint.classes(), "class"),
                prepared.data().name(),
                Quantity.rounded((double) head),
                plan.epochs(),
                Quantity.rounded((double) (network.params() - head))));
    lines.add("First, once: what the frozen layers see in each picture.");
    if (plan.tuningEpochs() > 0) {
      lines.add(
          "Then all %s params learn for %d epochs at a tenth of the learning rate."
              .formatted(Quantity.rounded((double) network.params()), plan.tuningEpochs()));
    }
    return lines;
  }

  @Override
  public int epochs() {
    return plan.allEpochs();
  }

  @Override
  public boolean isBegun() {
    return checkpoints.isBegun();
  }

  @Override
  public TrainingOutcome train(TrainingListener listener) {
    return Transfer.train(
        blueprint.assemble(), prepared.images(fidelity), plan, checkpoints, listener);
  }

  @Override
  public void discard() {
    checkpoints.discard();
  }

  @Override
  public Map<String, Object> provenance() {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("epochs", plan.epochs());
    provenance.put("tuningEpochs", plan.tuningEpochs());
    provenance.put("seed", plan.seed());
    provenance.put("from", base.provenance());
    return provenance;
  }
}
