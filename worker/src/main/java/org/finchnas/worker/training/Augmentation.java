package org.finchnas.worker.training;

import java.util.random.RandomGenerator;
import org.finchnas.evaluation.TrainingParams;

/**
 * What is done to an image before a step: mirrored left to right half of the time, and cut out of
 * its padded self. Padding is 0 after standardisation, the mean colour of the data set.
 *
 * @param left column of the padded image that becomes column 0, minus the padding
 * @param top likewise for rows
 */
record Augmentation(boolean flip, int left, int top) {

  static final Augmentation NONE = new Augmentation(false, 0, 0);
  static final Augmentation MIRRORED = new Augmentation(true, 0, 0);

  /** Takes the same numbers from the generator whatever it decides. */
  static Augmentation draw(TrainingParams params, RandomGenerator random) {
    boolean flip = random.nextBoolean();
    int range = 2 * params.cropPadding() + 1;
    int left = random.nextInt(range) - params.cropPadding();
    int top = random.nextInt(range) - params.cropPadding();
    return new Augmentation(params.flip() && flip, left, top);
  }

  /** The column of the image that a column of the result shows; outside it for padding. */
  int column(int x, int width) {
    return left + (flip ? width - 1 - x : x);
  }

  int row(int y) {
    return top + y;
  }

  /** From a column's source to that of the next. */
  int step() {
    return flip ? -1 : 1;
  }

  /** The columns of the result that show the image; the others are padding. */
  Span columns(int width) {
    return Span.shifted(flip ? left : -left, width);
  }

  Span rows(int height) {
    return Span.shifted(-top, height);
  }

  /**
   * Places in a row.
   *
   * @param end the first that does not belong to it
   */
  record Span(int first, int end) {

    private static Span shifted(int by, int length) {
      int first = Math.max(0, Math.min(length, by));
      return new Span(first, Math.max(first, Math.min(length, length + by)));
    }
  }
}
