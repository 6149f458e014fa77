package org.finchnas.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Images dealt into parts of equal size, of every class its share: part and class differ by one
 * image at most. The same labels, count and seed give the same parts everywhere.
 */
public final class StratifiedFolds {

  private static final long STREAM = 0x666f6c6473L;

  private final int[] fold;

  private StratifiedFolds(int[] fold) {
    this.fold = fold;
  }

  /**
   * Deals images by their labels: class by class in random order, each where the last class ended.
   *
   * @param count of parts, at least 2 and at most as many as there are images
   */
  public static StratifiedFolds of(int[] labels, int count, long seed) {
    if (count < 2 || count > labels.length) {
      throw new IllegalArgumentException(
          "folds (%d) must be at least 2 and at most as many as there are images, %d."
              .formatted(count, labels.length));
    }
    int[] fold = new int[labels.length];
    int dealt = 0;
    int[][] classes = StratifiedSplit.membersByClass(labels);
    for (int c = 0; c < classes.length; c++) {
      StratifiedSplit.shuffle(classes[c], SplitMix.of(seed, STREAM, c));
      for (int image : classes[c]) {
        fold[image] = dealt++ % count;
      }
    }
    return new StratifiedFolds(fold);
  }

  /**
   * The images of one part, ascending.
   *
   * @param part from 0
   */
  public int[] within(int part) {
    return IntStream.range(0, fold.length).filter(image -> fold[image] == part).toArray();
  }

  /** All others, ascending. */
  public int[] without(int part) {
    return IntStream.range(0, fold.length).filter(image -> fold[image] != part).toArray();
  }

  /** How many parts there are. */
  public int count() {
    return Arrays.stream(fold).max().orElse(0) + 1;
  }
}
