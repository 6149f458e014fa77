package org.finchnas.benchmarks.accuracy;

import java.util.Arrays;
import java.util.List;
import org.finchnas.evaluation.TrainingParams;

/**
 * What both sides train with.
 *
 * @param seeds trainings of each side
 * @param images to train on, of the four fifths of the training images that are not held out
 */
record AccuracyParams(int seeds, int epochs, int images) {

  static final int IMAGE = 16;
  static final double HELD_SHARE = 0.2;
  static final TrainingParams TRAINING = new TrainingParams(64, 0.05, 0.9, 5e-4, 1, 5, true, 2);

  AccuracyParams {
    if (seeds < 2 || seeds > Interval.MOST || epochs < 1 || images < 100 || images > 8000) {
      throw new IllegalArgumentException(
          "--seeds (%d) must be 2 to %d, --epochs (%d) at least 1, --images (%d) 100 to 8000."
              .formatted(seeds, Interval.MOST, epochs, images));
    }
  }

  /** From {@code --seeds 5 --epochs 10 --images 4000}, which are the defaults. */
  static AccuracyParams of(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    return new AccuracyParams(
        value(words, "--seeds", 5), value(words, "--epochs", 10), value(words, "--images", 4000));
  }

  private static int value(List<String> words, String option, int usual) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 == words.size() ? usual : Integer.parseInt(words.get(at + 1));
  }
}
