package org.finchnas.searchspace;

import org.finchnas.searchspace.network.Layer;

/**
 * How cells are stacked to a network.
 *
 * @param cellsPerStack normal cells in each of the three stacks (paper: N), 1 to 1000
 * @param initialFilters filters of the first stack, doubled at each reduction (paper: F); at least
 *     2, with the ImageNet stem 8, at most 10 000
 * @param imageSize rows and columns of the images it is meant for
 * @param stemMultiplier filters of the stem's convolution: times {@code initialFilters} (CIFAR) or
 *     times 32 (ImageNet)
 * @param skipReductionInput which cell the first normal cell after a reduction takes as the one
 *     before the previous: true skips the one that the reduction read (NASNet-A large)
 * @param headKeep probability of keeping a value before the classifier in training, in (0, 1]
 * @param batchNorm the settings of every batch normalisation
 */
public record Macro(
    int cellsPerStack,
    int initialFilters,
    Stem stem,
    int imageSize,
    int stemMultiplier,
    boolean skipReductionInput,
    double headKeep,
    Layer.BatchNorm batchNorm) {

  public Macro {
    requireIn("cellsPerStack", cellsPerStack, 1, 1000);
    requireIn("initialFilters", initialFilters, minFilters(stem), 10_000);
    requireIn("imageSize", imageSize, minImage(stem), 10_000);
    requireIn("stemMultiplier", stemMultiplier, 1, 1000);
    if (!(headKeep > 0 && headKeep <= 1)) {
      throw new IllegalArgumentException(
          "headKeep (%s) must be in (0, 1]: 1 turns dropout off.".formatted(headKeep));
    }
  }

  /** The published settings of the stem: multiplier, no skipping, no dropout, batch norm. */
  public Macro(int cellsPerStack, int initialFilters, Stem stem, int imageSize) {
    this(
        cellsPerStack,
        initialFilters,
        stem,
        imageSize,
        stem.defaultMultiplier(),
        false,
        1.0,
        stem.defaultBatchNorm());
  }

  private static int minFilters(Stem stem) {
    return switch (stem) {
      case CIFAR -> 2;
      // The first stem cell has a quarter, and a factorized reduction halves that once more.
      case IMAGENET -> 8;
    };
  }

  private static int minImage(Stem stem) {
    return switch (stem) {
      case CIFAR -> 1;
      case IMAGENET -> 3;
    };
  }

  private static void requireIn(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s (%d) must be at least %d and at most %d.".formatted(name, value, least, most));
    }
  }
}
