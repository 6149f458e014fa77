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
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.ModelCard;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;

/**
 * Trains a network for use in this process, from its first step or from a checkpoint, to files that
 * were checked.
 *
 * @param name as the network was asked for
 * @param folder for the model
 * @param overwrites whether a model that is there is replaced
 * @param kinds of the files that the network leaves as
 */
record FinalTraining(
    String name,
    PreparedTask prepared,
    Blueprint blueprint,
    TrainingCourse course,
    Path folder,
    boolean overwrites,
    List<FileKind> kinds,
    Output output) {

  /** System property: how long a training runs before its epochs are saved; 60 if not set. */
  static final String CHECKPOINT_AFTER_SECONDS = "finch.train.checkpointAfterSeconds";

  /** The file of a model's folder that says how it came to be. */
  static final String RECORD = "model.json";

  static Duration checkpointAfter() {
    return Duration.ofSeconds(Long.getLong(CHECKPOINT_AFTER_SECONDS, 60));
  }

  /**
   * The checkpoint goes only when the model is written and checked, in all its files.
   *
   * @return the exit code
   * @throws IOException if the training fails or its files cannot be written; says the way out
   */
  int run() throws IOException {
    requireVacant();
    try (Interruption interruption = Interruption.ends(this::sayStopped)) {
      int code = conclude(requireFinished(course.train(new Telling())));
      if (code == Finch.DONE) {
        course.discard();
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
  private void requireVacant() {
    Path model = model();
    if (!overwrites && Files.exists(model) && !course.isBegun()) {
      throw new InputException(
          "There is a trained model in %s already. Choose another folder with --out, or replace it with --force."
              .formatted(folder));
    }
  }

  private Path model() {
    return folder.resolve(Models.WEIGHTS);
  }

  private void sayStopped() {
    output.warn(
        course.isBegun()
            ? "Stopped. The same command goes on after the last saved epoch."
            : "Stopped before the first epoch was saved (epochs are saved after a minute). The same"
                + " command begins anew.");
  }

  private final class Telling implements TrainingListener {

    @Override
    public void resumed(int epochsDone) {
      output.say("Going on from a checkpoint after epoch %d of %d.", epochsDone, course.epochs());
    }

    @Override
    public void epoch(int epoch, Epoch last) {
      output.say(
          "  epoch %d/%d  loss %s  validation %s",
          epoch,
          course.epochs(),
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
    String hash = new WeightsFile(blueprint, finished.network()).write(weights);
    double testAccuracy = TestAccuracy.of(finished.network(), prepared.data().test());
    output.say("Test accuracy %s", Quantity.percent(testAccuracy));
    Models.write(folder.resolve(RECORD), provenance(finished, testAccuracy, hash));
    FileSeries files = new Models(prepared.data()).writeAll(weights, folder, kinds, output);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("dataSet", prepared.data().name());
    json.put("epochs", course.epochs());
    json.put("validationAccuracy", finished.accuracy());
    json.put("testAccuracy", testAccuracy);
    json.put("weights", weights.toString());
    json.put("models", files.written().stream().map(model -> model.file().toString()).toList());
    json.put("failed", files.failures());
    output.answer(json);
    return files.exitCode();
  }

  private Map<String, Object> provenance(
      TrainingOutcome.Finished finished, double testAccuracy, String hash) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("name", name);
    provenance.put("design", blueprint.design());
    provenance.put("dataSet", prepared.data().name());
    provenance.put("dataHash", prepared.data().contentHash());
    provenance.put("validationAccuracy", finished.accuracy());
    provenance.put("testAccuracy", testAccuracy);
    provenance.put("testImages", prepared.data().test().size());
    provenance.put("weights", hash);
    provenance.put("finch", Version.current());
    provenance.put("licence", ModelCard.LICENSE);
    provenance.putAll(course.provenance());
    return provenance;
  }
}
