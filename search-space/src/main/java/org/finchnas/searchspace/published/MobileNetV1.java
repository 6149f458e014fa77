package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * MobileNetV1 (Howard et al., arXiv 1704.04861) as osmr/imgclsmob defines it: padding is symmetric,
 * and a width's channels are rounded down.
 */
record MobileNetV1(Width width) implements PublishedNetwork {

  /** Channels and stride of each depthwise separable convolution. */
  private static final int[][] UNITS = {
    {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1},
    {512, 1}, {512, 1}, {1024, 2}, {1024, 1},
  };

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain chain =
        Units.convolution(
            root.in("stem"), width.of(32), Window.square(3, 2, 1), ActivationFunction.RELU);
    int stage = 1;
    int unit = 0;
    for (int[] row : UNITS) {
      boolean halves = row[1] == 2;
      stage += halves ? 1 : 0;
      unit = halves ? 1 : unit + 1;
      chain =
          separable(
              root.from(chain.node()).in("stage_" + stage).in("separable_" + unit),
              width.of(row[0]),
              row[1]);
    }
    return root.builder()
        .build(Units.classifier(root.from(chain.node()).in("head"), classes).node());
  }

  private static LayerChain separable(LayerChain input, int filters, int stride) {
    return input
        .depthwise("depthwise", Window.square(3, stride, 1))
        .batchNorm("batch_norm_depthwise")
        .activation("relu_depthwise", ActivationFunction.RELU)
        .pointwise("pointwise", filters, 1)
        .batchNorm("batch_norm_pointwise")
        .activation("relu_pointwise", ActivationFunction.RELU);
  }
}
