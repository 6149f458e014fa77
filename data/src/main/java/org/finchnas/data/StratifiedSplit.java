package org.finchnas.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Images set apart for validation, of every class its share: class c with n images gives n × share,
 * rounded down or up so that the whole comes out right (largest remainder). The same labels, share
 * and seed give the same split everywhere.
 */
public final class StratifiedSplit {

  private static final long STREAM = 0x73706c6974L;

  private final int[] train;
  private final int[] validation;

  private StratifiedSplit(int[] train, int[] validation) {
    this.train = train;
    this.validation = validation;
  }

  /**
   * Splits images by their labels.
   *
   * @param share part of the images that goes to validation, above 0 and below 1
   */
  public static StratifiedSplit of(int[] labels, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "validation share (%s) must be above 0 and below 1; 0.1 is usual".formatted(share));
    }
    int[][] classes = membersByClass(labels);
    int[] quota = quotas(classes, share, labels.length);
    boolean[] chosen = new boolean[labels.length];
    for (int c = 0; c < classes.length; c++) {
      shuffle(classes[c], SplitMix.of(seed, STREAM, c));
      for (int i = 0; i < quota[c]; i++) {
        chosen[classes[c][i]] = true;
      }
    }
    return new StratifiedSplit(
        IntStream.range(0, labels.length).filter(image -> !chosen[image]).toArray(),
        IntStream.range(0, labels.length).filter(image -> chosen[image]).toArray());
  }

  /** Images to learn from, ascending. */
  public int[] train() {
    return train.clone();
  }

  /** Images to validate on, ascending. */
  public int[] validation() {
    return validation.clone();
  }

  static int[][] membersByClass(int[] labels) {
    int[] counts = new int[Arrays.stream(labels).max().orElse(-1) + 1];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] members = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
    int[] filled = new int[counts.length];
    for (int image = 0; image < labels.length; image++) {
      members[labels[image]][filled[labels[image]]++] = image;
    }
    return members;
  }

  private static int[] quotas(int[][] classes, double share, int images) {
    int[] quota = Arrays.stream(classes).mapToInt(c -> (int) (c.length * share)).toArray();
    int open = (int) Math.round(images * share) - Arrays.stream(quota).sum();
    IntStream.range(0, classes.length)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> quota[c] - classes[c].length * share))
        .limit(open)
        .forEach(c -> quota[c]++);
    return quota;
  }

  static void shuffle(int[] values, SplitMix random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
