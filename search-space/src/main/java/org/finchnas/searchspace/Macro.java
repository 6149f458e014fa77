package org.finchnas.searchspace;

import java.util.List;
import java.util.stream.Collectors;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;

/**
 * How cells are stacked to a network.
 *
 * @param cellsPerStack normal cells in each of the three stacks (paper: N), 1 to 1000
 * @param initialFilters filters of the first stack, doubled at each reduction (paper: F); at least
 *     2, with the ImageNet stem 8 and, unless the wiring takes odd numbers, a multiple of 4, since
 *     its cells have a quarter and a half; at most 10 000
 * @param imageSize rows and columns of the images it is meant for
 * @param stemMultiplier filters of the stem's convolution: times {@code initialFilters} (CIFAR) or
 *     times 32 (ImageNet); in DARTS' stem for ImageNet nothing is multiplied
 * @param skipReductionInput which cell the first normal cell after a reduction takes as the one
 *     before the previous: true skips the one that the reduction read (NASNet-A large)
 * @param activation what every operation uses where its paper has a ReLU
 * @param squeezeExcite whether the output of every cell is scaled channel by channel, squeezed to a
 *     sixteenth, as SENet does with the modules of Inception (arXiv 1709.01507)
 * @param headKeep probability of keeping a value before the classifier in training, in (0, 1]
 * @param batchNorm the settings of every batch normalisation
 */
public record Macro(
    int cellsPerStack,
    int initialFilters,
    Stem stem,
    int imageSize,
    int stemMultiplier,
    Wiring wiring,
    boolean skipReductionInput,
    ActivationFunction activation,
    boolean squeezeExcite,
    double headKeep,
    Layer.BatchNorm batchNorm) {

  /** What may be the activation of cells. */
  public static final List<ActivationFunction> ACTIVATIONS =
      List.of(
          ActivationFunction.RELU,
          ActivationFunction.RELU6,
          ActivationFunction.SWISH,
          ActivationFunction.HARD_SWISH);

  public Macro {
    requireIn("cellsPerStack", cellsPerStack, 1, 1000);
    requireIn("initialFilters", initialFilters, minFilters(stem), 10_000);
    requireWhole(initialFilters, stem, wiring);
    requireIn("imageSize", imageSize, minImage(stem), 10_000);
    requireIn("stemMultiplier", stemMultiplier, 1, 1000);
    if (!(headKeep > 0 && headKeep <= 1)) {
      throw new IllegalArgumentException(
          "headKeep (%s) must be in (0, 1]: 1 turns dropout off.".formatted(headKeep));
    }
    if (!ACTIVATIONS.contains(activation)) {
      throw new IllegalArgumentException(
          "The activation of cells (%s) must be one of %s."
              .formatted(
                  activation.token(),
                  ACTIVATIONS.stream()
                      .map(ActivationFunction::token)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** The published settings of the stem: multiplier, NASNet's wiring, ReLU, no dropout. */
  public Macro(int cellsPerStack, int initialFilters, Stem stem, int imageSize) {
    this(
        cellsPerStack,
        initialFilters,
        stem,
        imageSize,
        stem.defaultMultiplier(),
        Wiring.NASNET,
        false,
        ActivationFunction.RELU,
        false,
        1.0,
        stem.defaultBatchNorm());
  }

  /**
   * Reads the first part of a notation, such as {@code n=4,f=44,stem=imagenet}.
   *
   * @throws IllegalArgumentException if the text is no such list; says where and why
   */
  public static Macro parse(String notation) {
    return MacroNotation.read(new NotationPiece(notation, 0, notation.length()));
  }

  /** The same with another activation, with or without squeeze-and-excite. */
  public Macro with(ActivationFunction newActivation, boolean newSqueezeExcite) {
    return new Macro(
        cellsPerStack,
        initialFilters,
        stem,
        imageSize,
        stemMultiplier,
        wiring,
        skipReductionInput,
        newActivation,
        newSqueezeExcite,
        headKeep,
        batchNorm);
  }

  private static int minFilters(Stem stem) {
    return switch (stem) {
      case CIFAR -> 2;
      // The first stem cell has a quarter, and a factorized reduction halves that once more.
      case IMAGENET -> 8;
    };
  }

  private static void requireWhole(int filters, Stem stem, Wiring wiring) {
    int unit = wiring.stemHasCells() ? 4 : 2;
    if (stem == Stem.IMAGENET && !wiring.takesOddFilters() && filters % unit != 0) {
      throw new IllegalArgumentException(
          "initialFilters (%d) must be a multiple of %d with the ImageNet stem, which has parts of them. Use %d."
              .formatted(filters, unit, (filters + unit - 1) / unit * unit));
    }
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
