package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.mobile.FileKind;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.training.CheckpointKey;
import org.finchnas.worker.training.Checkpoints;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.Trainer;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.TrainingPlan;

/**
 * Trains a network for use in this process, from its first step or from a checkpoint, to files that
 * were checked.
 *
 * @param name as the network was asked for
 * @param folder for checkpoints and the model
 * @param overwrites whether a model that is there is replaced
 * @param kinds of the files that the network leaves as
 */
record FinalTraining(
    String name,
    PreparedTask prepared,
    Blueprint blueprint,
    Fidelity fidelity,
    long seed,
    Path folder,
    boolean overwrites,
    List<FileKind> kinds,
    Output output) {

  /** System property: how long a training runs before its epochs are saved; 60 if not set. */
  static final String CHECKPOINT_AFTER_SECONDS = "finch.train.checkpointAfterSeconds";

  /**
   * The checkpoint goes only when the model is written and checked, in all its files.
   *
   * @return the exit code
   * @throws IOException if the training fails or its files cannot be written; says the way out
   */
  int run() throws IOException {
    TrainingPlan plan =
        new TrainingPlan(prepared.task().params(), fidelity.epochs(), seed, true, 0, 0, null);
    Checkpoints checkpoints =
        Checkpoints.in(
            folder.resolve("checkpoints"),
            CheckpointKey.of(prepared, blueprint, fidelity, 0, plan),
            Duration.ofSeconds(Long.getLong(CHECKPOINT_AFTER_SECONDS, 60)));
    requireVacant(checkpoints);
    try (Interruption interruption = Interruption.ends(() -> sayStopped(checkpoints))) {
      TrainingOutcome outcome =
          Trainer.train(
              blueprint.assemble(), prepared.images(fidelity), plan, checkpoints, new Telling());
      int code = conclude(requireFinished(outcome));
      if (code == Finch.DONE) {
        checkpoints.discard();
      }
      return code;
    } catch (OutOfMemoryError e) {
      throw new IOException(
          "Memory ran out: %s. Lower --batch, or close other programs; the same command goes on at the last saved epoch."
              .formatted(e.getMessage()),
          e);
    }
  }

  /**
   * A checkpoint of this training says that the files are its own, written before it was killed.
   */
  private void requireVacant(Checkpoints checkpoints) {
    Path model = model();
    if (!overwrites && Files.exists(model) && checkpoints.load().isEmpty()) {
      throw new InputException(
          "There is a trained model in %s already. Choose another folder with --out, or replace it with --force."
              .formatted(folder));
    }
  }

  private Path model() {
    return folder.resolve("model" + WeightsFile.SUFFIX);
  }

  private void sayStopped(Checkpoints checkpoints) {
    output.warn(
        checkpoints.load().isPresent()
            ? "Stopped. The same command goes on after the last saved epoch."
            : "Stopped before the first epoch was saved (epochs are saved after a minute). The same"
                + " command begins anew.");
  }

  private final class Telling implements TrainingListener {

    @Override
    public void resumed(int epochsDone) {
      output.say("Going on from a checkpoint after epoch %d of %d.", epochsDone, fidelity.epochs());
    }

    @Override
    public void epoch(int epoch, Epoch last) {
      output.say(
          "  epoch %d/%d  loss %s  validation %s",
          epoch,
          fidelity.epochs(),
          String.format(Locale.ROOT, "%.3f", last.trainLoss()),
          Quantity.percent(last.validationAccuracy()));
    }
  }

  private static TrainingOutcome.Finished requireFinished(TrainingOutcome outcome)
      throws IOException {
    if (outcome instanceof TrainingOutcome.Rejected rejected) {
      throw new IOException(
          "The training failed (%s): %s".formatted(rejected.reason().token(), rejected.message()));
    }
    return (TrainingOutcome.Finished) outcome;
  }

  private int conclude(TrainingOutcome.Finished finished) throws IOException {
    Path weights = model();
    new WeightsFile(blueprint, finished.network()).write(weights);
    double testAccuracy = TestAccuracy.of(finished.network(), prepared.data().test());
    output.say("Test accuracy %s", Quantity.percent(testAccuracy));
    FileSeries files = new Models(prepared.data()).writeAll(weights, folder, kinds, output);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("dataSet", prepared.data().name());
    json.put("epochs", fidelity.epochs());
    json.put("validationAccuracy", finished.accuracy());
    json.put("testAccuracy", testAccuracy);
    json.put("weights", weights.toString());
    json.put("models", files.written().stream().map(model -> model.file().toString()).toList());
    json.put("failed", files.failures());
    output.answer(json);
    return files.exitCode();
  }
}
