package org.finchnas.searchspace.published;

import java.util.List;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * ResNet (He et al., arXiv 1512.03385) as torchvision defines it, whose bottlenecks halve the image
 * in their 3x3 convolution; SE-ResNet (Hu et al., arXiv 1709.01507) as osmr/imgclsmob does, with
 * the paper's place for the stride, the first convolution.
 */
record ResNet(Unit unit, List<Integer> units) implements PublishedNetwork {

  /** What is repeated. */
  enum Unit {
    /** Two 3x3 convolutions. */
    BASIC,
    /** A 3x3 convolution between two 1x1, the last of them four times as wide. */
    BOTTLENECK,
    /** A bottleneck whose output is scaled channel by channel. */
    SQUEEZE_EXCITE_BOTTLENECK
  }

  private static final int REDUCTION = 16;

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain stem =
        Units.convolution(root.in("stem"), 64, Window.square(7, 2, 3), ActivationFunction.RELU);
    LayerChain chain = Units.maxPool(stem, Window.square(3, 2, 1));
    for (int stage = 0; stage < units.size(); stage++) {
      int filters = 64 << stage;
      for (int i = 1; i <= units.get(stage); i++) {
        LayerChain scope = root.from(chain.node()).in("stage_" + (stage + 1)).in("residual_" + i);
        chain = residual(scope, filters, i == 1 && stage > 0 ? 2 : 1);
      }
    }
    return root.builder()
        .build(Units.classifier(root.from(chain.node()).in("head"), classes).node());
  }

  private LayerChain residual(LayerChain input, int filters, int stride) {
    LayerChain body =
        switch (unit) {
          case BASIC -> basic(input, filters, stride);
          case BOTTLENECK -> bottleneck(input, filters, 1, stride);
          case SQUEEZE_EXCITE_BOTTLENECK -> {
            LayerChain wide = bottleneck(input, filters, stride, 1);
            yield wide.squeezeExcite(wide.shape().channels() / REDUCTION, ActivationFunction.RELU);
          }
        };
    LayerChain shortcut =
        body.shape().equals(input.shape())
            ? input
            : input
                .pointwise("shortcut", body.shape().channels(), stride)
                .batchNorm("batch_norm_shortcut");
    return Units.addShortcut(body, shortcut);
  }

  private static LayerChain basic(LayerChain input, int filters, int stride) {
    LayerChain first =
        input
            .convolution("convolution_1", filters, Window.square(3, stride, 1))
            .batchNorm("batch_norm_1")
            .activation("relu_1", ActivationFunction.RELU);
    return first
        .convolution("convolution_2", filters, Window.square(3, 1, 1))
        .batchNorm("batch_norm_2");
  }

  private static LayerChain bottleneck(LayerChain input, int filters, int narrow, int middle) {
    return input
        .pointwise("pointwise_1", filters, narrow)
        .batchNorm("batch_norm_1")
        .activation("relu_1", ActivationFunction.RELU)
        .convolution("convolution", filters, Window.square(3, middle, 1))
        .batchNorm("batch_norm_2")
        .activation("relu_2", ActivationFunction.RELU)
        .pointwise("pointwise_2", 4 * filters, 1)
        .batchNorm("batch_norm_3");
  }
}
