package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * MobileNetV2 (Sandler et al., arXiv 1801.04381) as torchvision defines it: channels are rounded to
 * multiples of 8, padding is symmetric. Its strides are the paper's for every image size, so an
 * image is reduced to a 32nd.
 */
record MobileNetV2(Width width) implements PublishedNetwork {

  /** Rows of the paper's table 2: expansion, channels, repeats, stride of the first. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1},
  };

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain chain = unit(root.in("stem"), width.ofEights(32), Window.square(3, 2, 1));
    for (int stage = 0; stage < STAGES.length; stage++) {
      int[] row = STAGES[stage];
      for (int i = 1; i <= row[2]; i++) {
        LayerChain scope =
            root.from(chain.node()).in("stage_" + (stage + 1)).in("inverted_residual_" + i);
        Window window = Window.square(3, i == 1 ? row[3] : 1, 1);
        chain =
            new InvertedResidual(
                    width.ofEights(row[1]), any -> window, row[0], 0, ActivationFunction.RELU6)
                .apply(scope);
      }
    }
    // The last convolution is never narrower than in the paper.
    int last = width.factor() < 1 ? 1280 : width.ofEights(1280);
    LayerChain head = root.from(chain.node()).in("head");
    LayerChain wide =
        head.pointwise("pointwise", last, 1)
            .batchNorm("batch_norm")
            .activation(ActivationFunction.RELU6);
    return root.builder().build(Units.classifier(wide, 0.8, classes).node());
  }

  private static LayerChain unit(LayerChain chain, int filters, Window window) {
    return Units.convolution(chain, filters, window, ActivationFunction.RELU6);
  }
}
