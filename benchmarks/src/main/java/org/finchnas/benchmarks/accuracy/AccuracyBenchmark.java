package org.finchnas.benchmarks.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.finchnas.benchmarks.PeerProcess;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.benchmarks.libtorch.PeerImages;
import org.finchnas.benchmarks.libtorch.PeerLesson;
import org.finchnas.benchmarks.libtorch.PeerNetworks;
import org.finchnas.data.ImageSet;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.training.Checkpoints;
import org.finchnas.worker.training.LabelledImages;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.Trainer;
import org.finchnas.worker.training.TrainingImages;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.TrainingPlan;

/**
 * Accuracy after some epochs, Finch beside LibTorch: the same network, CIFAR-10 images, kind of
 * initial weights, schedule, augmentation and batch, but each side's own code and randomness. The
 * two train at the same time, a core each.
 */
public final class AccuracyBenchmark {

  private final AccuracyParams params;
  private final TrainingImages images;
  private final Path train = Scratch.directory("accuracy").resolve("train.images");
  private final Path held = Scratch.directory("accuracy").resolve("held.images");

  private AccuracyBenchmark(AccuracyParams params, PreparedTask prepared) throws IOException {
    this.params = params;
    this.images = prepared.images(new Fidelity(params.epochs(), params.images(), 0));
    raw(images.train(), images.normalization()).write(train);
    raw(images.held(), images.normalization()).write(held);
  }

  public static void main(String[] arguments) throws IOException {
    String data = System.getenv("FINCH_DATA");
    if (data == null) {
      System.err.println("FINCH_DATA must name the folder that holds cifar-10-batches-bin.");
      System.exit(2);
    }
    NativeBackend.select();
    Files.createDirectories(Scratch.directory("accuracy"));
    AccuracyParams params = AccuracyParams.of(arguments);
    AccuracyBenchmark benchmark = new AccuracyBenchmark(params, PreparedTask.of(task(data)));
    boolean json = Arrays.asList(arguments).contains("--json");
    try (PeerProcess peer = new PeerProcess("LibTorchTeacher")) {
      benchmark.run(peer, json);
    }
  }

  private static TrainingTask task(String data) {
    String scratch = Scratch.directory("accuracy").toString();
    return new TrainingTask(
        "cifar10",
        data,
        scratch,
        AccuracyParams.IMAGE,
        AccuracyParams.HELD_SHARE,
        1,
        AccuracyParams.TRAINING,
        scratch,
        scratch,
        0,
        0);
  }

  private static PeerImages raw(LabelledImages images, Normalization normalization) {
    ImageSet set = images.images();
    Shape shape = new Shape(set.channels(), set.height(), set.width());
    int bytes = set.imageBytes();
    byte[] pixels = new byte[images.size() * bytes];
    byte[] labels = new byte[images.size()];
    for (int i = 0; i < images.size(); i++) {
      images.read(i, pixels, i * bytes);
      labels[i] = (byte) images.label(i);
    }
    return new PeerImages(shape, normalization, pixels, labels);
  }

  private void run(PeerProcess peer, boolean json) {
    double[] finch = new double[params.seeds()];
    double[] libTorch = new double[params.seeds()];
    for (int i = 0; i < params.seeds(); i++) {
      long seed = i + 1L;
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> peer.ask(lesson(seed).line()));
      finch[i] = accuracy(seed);
      libTorch[i] = Double.parseDouble(answer.join());
      if (!json) {
        System.out.printf(
            Locale.ROOT,
            "seed %d: Finch %.2f %%, LibTorch %.2f %%%n",
            seed,
            100 * finch[i],
            100 * libTorch[i]);
      }
    }
    print(Interval.of(finch), Interval.of(libTorch), json);
  }

  private double accuracy(long seed) {
    TrainingOutcome outcome =
        Trainer.train(
            PeerNetworks.byName(PeerNetworks.SMALL),
            images,
            new TrainingPlan(AccuracyParams.TRAINING, params.epochs(), seed, false, 0, 0, null),
            Checkpoints.NONE,
            (epochs, last) -> {});
    if (outcome instanceof TrainingOutcome.Finished finished) {
      return finished.accuracy();
    }
    throw new IllegalStateException("Finch failed: " + outcome);
  }

  private PeerLesson lesson(long seed) {
    TrainingParams training = AccuracyParams.TRAINING;
    return new PeerLesson(
        PeerNetworks.SMALL,
        train,
        held,
        params.epochs(),
        training.batchSize(),
        training.learningRate(),
        training.momentum(),
        training.weightDecay(),
        training.gradientClip(),
        training.cropPadding(),
        seed);
  }

  private void print(Interval finch, Interval libTorch, boolean json) {
    boolean overlap = finch.overlaps(libTorch);
    if (json) {
      System.out.printf(
          Locale.ROOT,
          "{\"seeds\": %d, \"epochs\": %d, \"trainImages\": %d, \"heldImages\": %d,"
              + " \"finchAccuracy\": %.4f, \"finchHalfWidth\": %.4f,"
              + " \"libTorchAccuracy\": %.4f, \"libTorchHalfWidth\": %.4f, \"overlap\": %b}%n",
          params.seeds(),
          params.epochs(),
          images.train().size(),
          images.held().size(),
          finch.mean(),
          finch.halfWidth(),
          libTorch.mean(),
          libTorch.halfWidth(),
          overlap);
    } else {
      System.out.printf(
          "%s, CIFAR-10 at %dx%d, %d images to train, %d held out, %d epochs, %d seeds%n"
              + "Finch    %s%nLibTorch %s%n95 %% intervals %s%n",
          PeerNetworks.SMALL,
          AccuracyParams.IMAGE,
          AccuracyParams.IMAGE,
          images.train().size(),
          images.held().size(),
          params.epochs(),
          params.seeds(),
          finch,
          libTorch,
          overlap ? "overlap" : "do not overlap");
    }
  }
}
