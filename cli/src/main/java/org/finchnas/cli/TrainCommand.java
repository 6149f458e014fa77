package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.mobile.FileKind;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.cuda.CudaDevices;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.TransferPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch train}. */
@Command(
    name = "train",
    description = {
      "Trains a winner or a published network for use, tests it and exports it;",
      "or, with --from, teaches a trained model other classes."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Stopped or killed after more than a minute, the same command goes on at the last finished"
          + " epoch.",
      "Examples:",
      "  finch train mobilenet-v2@0.35 --data cifar10 --epochs 10",
      "  finch train --from RUN#best --data images:birds --tune 5"
    })
final class TrainCommand implements Callable<Integer> {

  private static final double VALIDATION_SHARE = 0.1;
  private static final int LONGEST_NAME = 80;

  @Mixin private final Output output = new Output();
  @Mixin private final FetchOption directory = new FetchOption();
  @Mixin private final BackendOption backend = new BackendOption();
  @Mixin private final FilesOption files = new FilesOption();
  @Mixin private final TransferOptions transfer = new TransferOptions();

  @Parameters(
      paramLabel = "ARCH",
      arity = "0..1",
      description =
          "RUN#ID, a name (mobilenet-v2@0.35), a notation, or a file that holds one; not with --from.")
  private String design = "";

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description =
          "A name of finch datasets, or images:DIR; default: what the candidate was trained on.")
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

  @Option(names = "--force", description = "Replace a model that is in that folder.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    requirePositive("--epochs", epochs);
    requirePositive("--batch", batch);
    if (imageSize != null) {
      DescribeCommand.requireImage(imageSize);
    }
    String wanted = transfer.subject(design, dataSet, imageSize);
    List<FileKind> kinds = files.kinds();
    selectBackend();
    Subject subject = Subject.of(wanted);
    BaseModel base = transfer.isAsked() ? BaseModel.of(subject) : null;
    Path folder = out == null ? defaultFolder(subject) : out;
    Files.createDirectories(folder);
    PreparedTask prepared = PreparedTask.of(task(subject, folder));
    output.warnOf(prepared.data());
    if (base != null) {
      base.requireFits(prepared.data(), folder);
    }
    Fidelity fidelity = new Fidelity(epochs, images, 0);
    Blueprint blueprint =
        new Blueprint(
            subject.blueprint().design(),
            prepared.shape(fidelity),
            prepared.data().labels().size());
    FilesOption.requireExpressible(blueprint.assemble(), prepared.data().labels(), kinds);
    TrainingCourse course = course(base, prepared, blueprint, fidelity);
    course.lines(subject.name()).forEach(output::say);
    return new FinalTraining(wanted, prepared, blueprint, course, folder, force, kinds, output)
        .run();
  }

  private TrainingCourse course(
      @Nullable BaseModel base, PreparedTask prepared, Blueprint blueprint, Fidelity fidelity) {
    if (base == null) {
      return new FreshCourse(prepared, blueprint, fidelity, seed);
    }
    TransferPlan plan =
        new TransferPlan(
            prepared.task().params(), epochs, transfer.tuningEpochs(), seed, base.initial());
    return new TransferCourse(prepared, blueprint, fidelity, plan, base);
  }

  private static void requirePositive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new InputException("%s (%d) must be at least 1.".formatted(option, value));
    }
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

  private TrainingTask task(Subject subject, Path folder) {
    String trainedOn = subject.dataSet() == null ? "shapes" : subject.dataSet();
    String wanted = dataSet == null ? trainedOn : dataSet;
    return new TrainingTask(
        wanted,
        directory.directoryWith(wanted, output).toString(),
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

  private Path defaultFolder(Subject subject) {
    String called = transfer.isAsked() ? subject.name() + "-for-" + dataSet : subject.name();
    String name = called.replaceAll("[^A-Za-z0-9.@-]+", "-").replaceAll("^-+|-+$", "");
    return Places.results().resolve("trained").resolve(shortened(name, subject));
  }

  /** Long notations often begin and end alike, so what is cut off is replaced by their id. */
  private static String shortened(String name, Subject subject) {
    return name.length() <= LONGEST_NAME
        ? name
        : subject
            .blueprint()
            .architecture()
            .map(cells -> name.substring(0, LONGEST_NAME / 2) + "-" + cells.id().hex())
            .orElse(name.substring(name.length() - LONGEST_NAME));
  }
}
