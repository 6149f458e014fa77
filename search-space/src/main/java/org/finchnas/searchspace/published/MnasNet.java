package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * MnasNet-A1 (Tan et al., arXiv 1807.11626) as osmr/imgclsmob defines it: symmetric padding, ReLU;
 * squeeze-and-excite squeezes to a quarter of a unit's input.
 */
record MnasNet() implements PublishedNetwork {

  /** Stage, channels, kernel, stride, expansion, 1 with squeeze-and-excite, repeats. */
  private static final int[][] UNITS = {
    {1, 16, 3, 1, 1, 0, 1},
    {2, 24, 3, 2, 6, 0, 1},
    {2, 24, 3, 1, 6, 0, 1},
    {3, 40, 5, 2, 3, 1, 1},
    {3, 40, 5, 1, 3, 1, 2},
    {4, 80, 3, 2, 6, 0, 1},
    {4, 80, 3, 1, 6, 0, 3},
    {4, 112, 3, 1, 6, 1, 2},
    {5, 160, 5, 2, 6, 1, 1},
    {5, 160, 5, 1, 6, 1, 2},
    {6, 320, 3, 1, 6, 0, 1},
  };

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain chain =
        Units.convolution(root.in("stem"), 32, Window.square(3, 2, 1), ActivationFunction.RELU);
    int stage = 0;
    int unit = 0;
    for (int[] row : UNITS) {
      for (int i = 0; i < row[6]; i++) {
        unit = row[0] == stage ? unit + 1 : 1;
        stage = row[0];
        LayerChain scope =
            root.from(chain.node()).in("stage_" + stage).in("inverted_residual_" + unit);
        Window window = Window.square(row[2], row[3], row[2] / 2);
        int squeezed = row[5] * scope.shape().channels() / 4;
        chain =
            new InvertedResidual(row[1], any -> window, row[4], squeezed, ActivationFunction.RELU)
                .apply(scope);
      }
    }
    LayerChain head =
        root.from(chain.node())
            .in("head")
            .pointwise("pointwise", 1280, 1)
            .batchNorm("batch_norm")
            .activation(ActivationFunction.RELU);
    return root.builder().build(Units.classifier(head, classes).node());
  }
}
