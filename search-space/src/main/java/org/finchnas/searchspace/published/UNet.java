package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * U-Net (Ronneberger et al., arXiv 1505.04597): a map of classes for every pixel. Its convolutions
 * are padded, as most code has it, so that the map has the size of the image; the paper's are not.
 */
record UNet() implements PublishedNetwork {

  private static final int FILTERS = 64;
  private static final int LEVELS = 4;

  @Override
  public Network assemble(String name, Shape image, int classes) {
    int unit = 1 << LEVELS;
    if (image.height() % unit != 0 || image.width() % unit != 0) {
      throw new IllegalArgumentException(
          "%s halves an image %d times, so %d x %d pixels do not come together again. Use multiples of %d, such as %d."
              .formatted(
                  name,
                  LEVELS,
                  image.height(),
                  image.width(),
                  unit,
                  Math.max(1, image.height() / unit) * unit));
    }
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain chain = root;
    int[] skipped = new int[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      LayerChain scope = root.from(chain.node()).in("down_" + (level + 1));
      chain = twice(scope, FILTERS << level);
      skipped[level] = chain.node();
      chain = Units.maxPool(scope.from(chain.node()), Window.square(2, 2, 0));
    }
    chain = twice(root.from(chain.node()).in("bottom"), FILTERS << LEVELS);
    for (int level = LEVELS - 1; level >= 0; level--) {
      LayerChain scope = root.from(chain.node()).in("up_" + (LEVELS - level));
      int upsampled =
          scope.add("upsample", new Layer.TransposedConvolution(FILTERS << level, 2, true)).node();
      chain =
          twice(
              scope.from(skipped[level]).join("concat", new Layer.Concat(), upsampled),
              FILTERS << level);
    }
    Layer.Convolution classifier = new Layer.Convolution(classes, Window.square(1, 1, 0), 1, true);
    return root.builder()
        .build(root.from(chain.node()).in("head").add("convolution", classifier).node());
  }

  private static LayerChain twice(LayerChain scope, int filters) {
    LayerChain first = Units.biased(scope.in("unit_1"), filters, Window.square(3, 1, 1));
    return Units.biased(scope.from(first.node()).in("unit_2"), filters, Window.square(3, 1, 1));
  }

  @Override
  public Shape image() {
    return new Shape(1, 512, 512);
  }

  @Override
  public int classes() {
    return 2;
  }
}
