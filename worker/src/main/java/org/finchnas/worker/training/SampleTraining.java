package org.finchnas.worker.training;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.finchnas.data.ImageSet;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Two steps of one small training, the same on every machine but for how it computes. It goes the
 * way of all trainings, so that it samples what they compute with; few images, as every slot waits
 * for it, and slowest where depthwise convolutions are ND4J's operations.
 */
final class SampleTraining {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final List<String> LABELS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();
  private static final int BATCH = 4;
  private static final int STEPS = 2;
  private static final long SEED = 1;
  private static final TrainingParams PARAMS =
      new TrainingParams(BATCH, 0.05, 0.9, 5e-4, 1, 5, true, 4);

  private SampleTraining() {}

  /**
   * Where it ends: the velocity holds bits of gradients that a weight is too large to show.
   *
   * @throws IllegalStateException if it does not come to its end
   * @throws OutOfMemoryError if memory runs out
   */
  static Checkpoint end() {
    Last last = new Last();
    TrainingOutcome outcome =
        Trainer.train(
            SampleNetwork.of(IMAGE, LABELS.size()),
            images(),
            new TrainingPlan(PARAMS, 1, SEED, false, 0, 0, null),
            last,
            (epochs, epoch) -> {});
    Checkpoint end = last.checkpoint;
    if (end == null || !(outcome instanceof TrainingOutcome.Finished)) {
      throw new IllegalStateException("The sample training ended as " + outcome);
    }
    return end;
  }

  private static TrainingImages images() {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] pixels = new byte[STEPS * BATCH * Math.toIntExact(IMAGE.elements())];
    random.nextBytes(pixels);
    int[] labels = random.ints((long) STEPS * BATCH, 0, LABELS.size()).toArray();
    ImageSet set = ImageSet.of(pixels, labels, IMAGE.channels(), IMAGE.height(), IMAGE.width());
    LabelledImages train = LabelledImages.all(set);
    LabelledImages held = LabelledImages.of(set, IntStream.range(0, BATCH).toArray());
    return new TrainingImages(train, held, Standardization.of(train), LABELS);
  }

  /** Keeps the last in memory. */
  private static final class Last implements Checkpoints {

    // Not final: every epoch replaces it.
    private @Nullable Checkpoint checkpoint;

    @Override
    public Optional<Checkpoint> load() {
      return Optional.empty();
    }

    @Override
    public void offer(Supplier<Checkpoint> offered) {
      checkpoint = offered.get();
    }

    @Override
    public void discard() {}
  }
}
