package org.finchnas.searchspace;

import java.util.Locale;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Where published code differs in how it makes a network of the same cells: where reduction cells
 * stand, how the two previous cells are aligned, how an image is halved, how windows are padded and
 * what comes before the classifier.
 */
public enum Wiring {
  /**
   * TensorFlow's slim ({@code research/slim/nets/nasnet}). The first cell reads its predecessor
   * once aligned and once as it is; a strided identity is a strided 1x1 convolution.
   */
  NASNET,
  /**
   * As {@link #NASNET}; where a factorized reduction has an odd number of filters one is lost,
   * which the operations on its output make up for. The mobile AmoebaNets have such numbers, 50 and
   * 62.
   */
  AMOEBANET,
  /**
   * As {@link #NASNET}, but reduction cells are the first of the cells of their stack ({@code
   * pnasnet.py}; Liu et al., arXiv 1712.00559); of an odd number of filters the second path of a
   * factorized reduction has one more.
   */
  PNASNET,
  /**
   * The authors' code of ENAS ({@code melodyguan/enas src/cifar10/micro_child.py}; Pham et al.,
   * arXiv 1802.03268). The previous cell is aligned twice, a strided identity is a factorized
   * reduction without activation, and the classifier has no bias.
   */
  ENAS,
  /**
   * The authors' code of DARTS ({@code quark0/darts cnn/model.py}; Liu et al., arXiv 1806.09055). A
   * strided identity is a factorized reduction, padding is symmetric, no activation stands before
   * the classifier, and the stem for ImageNet is of convolutions alone.
   */
  DARTS;

  /** Its name in notations and configurations. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean reducesInStack() {
    return this == PNASNET;
  }

  /** Whether the first cell of a network aligns what it reads as the cell before the previous. */
  boolean alignsFirst() {
    return this == ENAS || this == DARTS;
  }

  /** Whether the cell before the previous is aligned even if it has as many channels. */
  boolean alignsEqual() {
    return this == DARTS;
  }

  /** Whether the previous cell is fitted to the filters before it is aligned like any other. */
  boolean fitsPrevious() {
    return this == ENAS;
  }

  boolean reducesIdentity() {
    return this == ENAS || this == DARTS;
  }

  /** Whether an activation comes before the factorized reduction that a strided identity is. */
  boolean activatesIdentity() {
    return this == DARTS;
  }

  boolean activatesHead() {
    return this != DARTS;
  }

  boolean biasesHead() {
    return this != ENAS;
  }

  boolean stemHasCells() {
    return this != DARTS;
  }

  /** Whether the published code takes numbers of filters that do not divide evenly. */
  boolean takesOddFilters() {
    return this == AMOEBANET || this == PNASNET;
  }

  /**
   * Filters of a factorized reduction's second path.
   *
   * @throws IllegalArgumentException if there must be as many as in the first, but are not
   */
  int secondPath(int filters) {
    if (filters % 2 != 0 && !takesOddFilters()) {
      throw new IllegalArgumentException(
          "A factorized reduction halves its filters and needs an even number, but has %d. Use an even f, with the ImageNet stem a multiple of 8."
              .formatted(filters));
    }
    return this == PNASNET ? filters - filters / 2 : filters / 2;
  }

  /** A window after which an image has {@code ceil(size / stride)} rows and columns. */
  Window window(
      Shape input, int height, int width, int strideHeight, int strideWidth, int dilation) {
    return switch (this) {
      case NASNET, AMOEBANET, PNASNET, ENAS ->
          Window.same(input, height, width, strideHeight, strideWidth, dilation);
      case DARTS -> {
        int rows = (height - 1) * dilation;
        int columns = (width - 1) * dilation;
        // An even kernel, which DARTS itself has none of, sees one more row below and to the right.
        Padding padding =
            new Padding(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
        yield new Window(height, width, strideHeight, strideWidth, dilation, padding);
      }
    };
  }
}
