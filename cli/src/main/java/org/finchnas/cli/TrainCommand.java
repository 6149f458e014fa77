package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.cuda.CudaDevices;
import org.finchnas.worker.training.CheckpointKey;
import org.finchnas.worker.training.Checkpoints;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.Trainer;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.TrainingPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch train}. */
@Command(
    name = "train",
    description = "Trains a winner or a published network for use, tests it and exports it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Stopped or killed after more than a minute, the same command goes on at the last finished"
          + " epoch.",
      "Example: finch train mobilenet-v2@0.35 --data cifar10 --epochs 10"
    })
final class TrainCommand implements Callable<Integer> {

  /** System property: how long a training runs before its epochs are saved; 60 if not set. */
  static final String CHECKPOINT_AFTER_SECONDS = "finch.train.checkpointAfterSeconds";

  private static final double VALIDATION_SHARE = 0.1;

  @Mixin private final Output output = new Output();
  @Mixin private final DataOption directory = new DataOption();
  @Mixin private final BackendOption backend = new BackendOption();

  @Parameters(
      paramLabel = "ARCH",
      description = "RUN#ID, a name (mobilenet-v2@0.35), a notation, or a file that holds one.")
  private String design = "";

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description = "shapes, cifar10 or images:DIR; default: what the candidate was trained on.")
  private @Nullable String dataSet;

  @Option(names = "--epochs", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--images",
      defaultValue = "0",
      description = "How many training images are used; default: all.")
  private int images;

  @Option(
      names = "--image",
      paramLabel = "N",
      description = "Rows and columns of an image; default: the design's for a candidate, else 32.")
  private @Nullable Integer imageSize;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--learning-rate",
      description = "At the first step; default: 0.05, falling along half a cosine.")
  private @Nullable Double learningRate;

  @Option(names = "--batch", description = "Images a step; default: 64.")
  private @Nullable Integer batch;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the model goes; default: results/trained/ and the network's name.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    selectBackend();
    Subject subject = Subject.of(design);
    Path folder = out == null ? defaultFolder(subject) : out;
    Files.createDirectories(folder);
    Fidelity fidelity = new Fidelity(epochs, images, 0);
    PreparedTask prepared = PreparedTask.of(task(subject, folder));
    Blueprint blueprint =
        new Blueprint(
            subject.blueprint().design(),
            prepared.shape(fidelity),
            prepared.data().labels().size());
    output.warnOf(prepared.data());
    output.say(
        "Training %s on %s for %d epochs: %s params, %s MACs",
        subject.name(),
        prepared.data().name(),
        epochs,
        Quantity.rounded((double) blueprint.assemble().params()),
        Quantity.rounded((double) blueprint.assemble().macs()));
    return train(prepared, blueprint, fidelity, folder);
  }

  private void selectBackend() {
    List<String> gpus = backend.gpus(output);
    if (gpus.isEmpty()) {
      NativeBackend.select();
    } else {
      CudaDevices.requireFirst(gpus, System.getenv(CudaDevices.VARIABLE));
      NativeBackend.selectCuda().requireWorking();
    }
  }

  /** The checkpoint goes only when the model is written and checked. */
  private int train(PreparedTask prepared, Blueprint blueprint, Fidelity fidelity, Path folder)
      throws IOException {
    TrainingPlan plan = new TrainingPlan(prepared.task().params(), epochs, seed, true, 0, 0, null);
    Checkpoints checkpoints =
        Checkpoints.in(
            folder.resolve("checkpoints"),
            CheckpointKey.of(prepared, blueprint, fidelity, plan),
            Duration.ofSeconds(Long.getLong(CHECKPOINT_AFTER_SECONDS, 60)));
    try (Interruption interruption = Interruption.ends(() -> sayStopped(checkpoints))) {
      TrainingOutcome outcome =
          Trainer.train(
              blueprint.assemble(), prepared.images(fidelity), plan, checkpoints, new Telling());
      int code = conclude(prepared, blueprint, requireFinished(outcome), folder);
      checkpoints.discard();
      return code;
    } catch (OutOfMemoryError e) {
      throw new IOException(
          "Memory ran out: %s. Lower --batch, or close other programs; the same command goes on at the last saved epoch."
              .formatted(e.getMessage()),
          e);
    }
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
      output.say("Going on from a checkpoint after epoch %d of %d.", epochsDone, epochs);
    }

    @Override
    public void epoch(int epoch, Epoch last) {
      output.say(
          "  epoch %d/%d  loss %s  validation %s",
          epoch,
          epochs,
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

  private int conclude(
      PreparedTask prepared, Blueprint blueprint, TrainingOutcome.Finished finished, Path folder)
      throws IOException {
    Path weights = folder.resolve("model" + WeightsFile.SUFFIX);
    new WeightsFile(blueprint, finished.network()).write(weights);
    double testAccuracy = TestAccuracy.of(finished.network(), prepared.data().test());
    output.say("Test accuracy %s", Quantity.percent(testAccuracy));
    List<ExportedModel> models =
        new Models(prepared.data()).writeAll(weights, folder, List.of(ExportFormat.ONNX));
    models.forEach(model -> Models.lines(model).forEach(output::say));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", design);
    json.put("dataSet", prepared.data().name());
    json.put("epochs", epochs);
    json.put("validationAccuracy", finished.accuracy());
    json.put("testAccuracy", testAccuracy);
    json.put("weights", weights.toString());
    json.put("models", models.stream().map(model -> model.file().toString()).toList());
    output.answer(json);
    return Finch.DONE;
  }

  private TrainingTask task(Subject subject, Path folder) {
    String trainedOn = subject.dataSet() == null ? "shapes" : subject.dataSet();
    Path data = directory.directory();
    return new TrainingTask(
        dataSet == null ? trainedOn : dataSet,
        data == null ? null : data.toString(),
        Places.cacheDirectory().toString(),
        imageSize(subject),
        VALIDATION_SHARE,
        0,
        params(),
        folder.toString(),
        folder.resolve("checkpoints").toString(),
        0,
        0);
  }

  private int imageSize(Subject subject) {
    if (imageSize != null) {
      return imageSize;
    }
    boolean wasTrained = subject.weights() != null || subject.dataSet() != null;
    return wasTrained ? subject.blueprint().image().height() : 32;
  }

  private TrainingParams params() {
    TrainingParams usual = TrainingParams.DEFAULT;
    return new TrainingParams(
        batch == null ? usual.batchSize() : batch,
        learningRate == null ? usual.learningRate() : learningRate,
        usual.momentum(),
        usual.weightDecay(),
        usual.dropPathKeep(),
        usual.gradientClip(),
        usual.flip(),
        usual.cropPadding());
  }

  private static Path defaultFolder(Subject subject) {
    String name = subject.name().replaceAll("[^A-Za-z0-9.@-]+", "-").replaceAll("^-+", "");
    String shortName = name.length() <= 80 ? name : name.substring(name.length() - 80);
    return Places.results().resolve("trained").resolve(shortName);
  }
}
