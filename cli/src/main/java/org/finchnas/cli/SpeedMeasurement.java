package org.finchnas.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.config.ExecutionConfig;
import org.finchnas.coordinator.pictures.PictureSpace;
import org.finchnas.coordinator.pictures.TrainingSpeed;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.coordinator.slots.SlotPoolParams;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotCommand;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * Times trainings of one network of the space in a slot, on noise: what the pictures show does not
 * matter, and decoding them would take its own time.
 */
final class SpeedMeasurement {

  private static final int SIZE = 32;
  private static final int CLASSES = 2;
  private static final int PICTURES = 50;
  private static final int FEW = 2;
  private static final int MORE = 10;
  private static final TrainingParams PARAMS =
      new TrainingParams(16, 0.05, 0.9, 5e-4, 1, 5, true, 4);

  private SpeedMeasurement() {}

  /**
   * Takes some seconds.
   *
   * @param gpus to train on; none for the CPU
   */
  static TrainingSpeed here(List<String> gpus) throws IOException {
    Path folder = Files.createTempDirectory("finch-speed-");
    try {
      drawNoise(folder.resolve("pictures"));
      return measure(folder, gpus);
    } finally {
      delete(folder);
    }
  }

  private static TrainingSpeed measure(Path folder, List<String> gpus) {
    ExecutionConfig defaults = ExecutionConfig.defaults(1);
    SlotPoolParams params =
        new SlotPoolParams(
            1,
            defaults.retries(),
            SlotPoolParams.DEFAULT_START,
            Duration.ofMinutes(defaults.timeoutMinutes()),
            folder.resolve("slots"),
            Places.host());
    SlotCommand command = SlotCommand.likeThisProcess(defaults.memoryPerSlot(), gpus);

    try (TrainingSite site =
        SlotPool.start(command::processBuilder, task(folder), params, SlotListener.NONE)) {
      // The first finds a process that has not compiled its code yet.
      Completed unused = train(site, 0, FEW);
      Completed few = train(site, 1, FEW);
      Completed more = train(site, 2, MORE);
      return TrainingSpeed.between(
          PictureSpace.of(SIZE, CLASSES).medianMacs(),
          few.trainedImages(),
          seconds(few),
          more.trainedImages(),
          seconds(more));
    }
  }

  private static Completed train(TrainingSite site, int number, int epochs) {
    Architecture median = PictureSpace.of(SIZE, CLASSES).median();
    Evaluation outcome =
        site.submit(new Candidate(number, median, new Fidelity(epochs, 0, 0), 1, null, null))
            .join();
    if (outcome instanceof Completed completed) {
      return completed;
    }
    throw new IllegalStateException(
        "The speed of this machine cannot be measured: " + ((Evaluation.Failed) outcome).message());
  }

  private static double seconds(Completed completed) {
    Execution execution = completed.execution();
    return execution == null ? 0 : execution.took().toNanos() / 1e9;
  }

  private static TrainingTask task(Path folder) {
    return new TrainingTask(
        "images:" + folder.resolve("pictures"),
        null,
        folder.resolve("cache").toString(),
        SIZE,
        0.1,
        0,
        PARAMS,
        folder.resolve("weights").toString(),
        folder.resolve("checkpoints").toString(),
        0,
        0);
  }

  private static void drawNoise(Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int label = 0; label < CLASSES; label++) {
      Path files = Files.createDirectories(folder.resolve(Integer.toString(label)));
      for (int i = 0; i < PICTURES; i++) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
          image.setRGB(pixel % SIZE, pixel / SIZE, random.nextInt());
        }
        boolean unused = ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
