package org.finchnas.benchmarks.slots;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.coordinator.slots.SlotPoolParams;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotCommand;
import org.finchnas.searchspace.CellSearchSpace;

/**
 * Slots of this machine on the made-up images, and the candidates they train.
 *
 * @param directory for decoded images, weights and logs
 * @param validationShare small, so that what is timed is training
 */
record Slots(
    Path directory, CellSearchSpace space, Fidelity fidelity, int image, double validationShare) {

  static final int BATCH = 64;

  /** Starts slots as a search would. */
  SlotPool start(int slots) {
    TrainingTask task =
        new TrainingTask(
            "shapes",
            null,
            directory.resolve("cache").toString(),
            image,
            validationShare,
            1,
            new TrainingParams(BATCH, 0.05, 0.9, 5e-4, 1, 5, true, 4),
            directory.resolve("weights").toString(),
            directory.resolve("checkpoints").toString(),
            0,
            0);
    SlotPoolParams params =
        new SlotPoolParams(
            slots,
            0,
            SlotPoolParams.DEFAULT_START,
            Duration.ofMinutes(10),
            directory.resolve("logs-" + slots),
            "here");
    return SlotPool.start(
        SlotCommand.likeThisProcess(0)::processBuilder, task, params, SlotListener.NONE);
  }

  /** The candidate of a number, whose architecture depends on another. */
  Candidate candidate(int number, int architecture) {
    return new Candidate(
        number, space.sample(new SplittableRandom(architecture)), fidelity, number, null, null);
  }
}
