package org.finchnas.searchspace.published;

import java.util.List;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Inception-v1, also called GoogLeNet (Szegedy et al., arXiv 1409.4842), as torchvision defines it
 * without the auxiliary heads: with batch norm, and with a 3x3 convolution where the paper has a
 * 5x5, as in the authors' later code.
 */
record InceptionV1() implements PublishedNetwork {

  private static final Layer.BatchNorm BATCH_NORM = new Layer.BatchNorm(1e-3, 0.9);

  /**
   * Of each module: 1x1; before the 3x3 and it; before the second 3x3 and it; after the pooling.
   */
  private static final List<int[][]> STAGES =
      List.of(
          new int[][] {{64, 96, 128, 16, 32, 32}, {128, 128, 192, 32, 96, 64}},
          new int[][] {
            {192, 96, 208, 16, 48, 64},
            {160, 112, 224, 24, 64, 64},
            {128, 128, 256, 24, 64, 64},
            {112, 144, 288, 32, 64, 64},
            {256, 160, 320, 32, 128, 128},
          },
          new int[][] {{256, 160, 320, 32, 128, 128}, {384, 192, 384, 48, 128, 128}});

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, BATCH_NORM);
    LayerChain stem = root.in("stem");
    LayerChain chain = convolution(stem.in("unit_1"), 64, Window.square(7, 2, 3));
    chain = pool(stem.from(chain.node()), "pool_1", 3);
    chain = convolution(stem.from(chain.node()).in("unit_2"), 64, Window.square(1, 1, 0));
    chain = convolution(stem.from(chain.node()).in("unit_3"), 192, Window.square(3, 1, 1));
    chain = pool(stem.from(chain.node()), "pool_2", 3);
    for (int stage = 1; stage <= STAGES.size(); stage++) {
      LayerChain scope = root.in("stage_" + stage);
      if (stage > 1) {
        chain = pool(scope.from(chain.node()), "pool", stage == 2 ? 3 : 2);
      }
      int[][] modules = STAGES.get(stage - 1);
      for (int i = 1; i <= modules.length; i++) {
        chain = inception(scope.from(chain.node()).in("inception_" + i), modules[i - 1]);
      }
    }
    return root.builder()
        .build(Units.classifier(root.from(chain.node()).in("head"), 0.8, classes).node());
  }

  private static LayerChain inception(LayerChain input, int[] channels) {
    Window one = Window.square(1, 1, 0);
    Window three = Window.square(3, 1, 1);
    LayerChain points = convolution(input.in("branch_1"), channels[0], one);
    LayerChain narrow = convolution(input.in("branch_2/reduce"), channels[1], one);
    LayerChain squares = convolution(input.from(narrow.node()).in("branch_2"), channels[2], three);
    LayerChain narrower = convolution(input.in("branch_3/reduce"), channels[3], one);
    LayerChain more = convolution(input.from(narrower.node()).in("branch_3"), channels[4], three);
    LayerChain pooled = Units.maxPool(input.in("branch_4"), three);
    LayerChain last = convolution(pooled, channels[5], one);
    return input
        .from(points.node())
        .join("concat", new Layer.Concat(), squares.node(), more.node(), last.node());
  }

  private static LayerChain convolution(LayerChain chain, int filters, Window window) {
    return Units.convolution(chain, filters, window, ActivationFunction.RELU);
  }

  private static LayerChain pool(LayerChain chain, String name, int kernel) {
    Window window = Window.ceiling(chain.shape(), kernel, 2);
    return chain.add(name, new Layer.Pooling(PoolingKind.MAX, window));
  }
}
