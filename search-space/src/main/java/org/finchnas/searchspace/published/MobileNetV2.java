package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * MobileNetV2 (Sandler et al., arXiv 1801.04381) as torchvision defines it: channels are rounded to
 * multiples of 8, padding is symmetric. Its strides are the paper's for every image size, so an
 * image is reduced to a 32nd.
 *
 * @param width multiplies the channels, in (0, 10]
 */
record MobileNetV2(double width) {

  private static final int DIVISOR = 8;
  private static final Layer.BatchNorm BATCH_NORM = new Layer.BatchNorm(1e-5, 0.9);

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

  MobileNetV2 {
    if (!(width > 0 && width <= 10)) {
      throw new IllegalArgumentException(
          "The width of mobilenet-v2 (%s) must be above 0 and at most 10, as in mobilenet-v2@0.35."
              .formatted(width));
    }
  }

  Network assemble(String name, Shape image, int classes) {
    NetworkBuilder builder = new NetworkBuilder(name, image);
    LayerChain root = new LayerChain(builder, "", BATCH_NORM, builder.input());
    int node =
        activate(root.in("stem").convolution("convolution", filters(32), window(2)), "").node();
    for (int stage = 0; stage < STAGES.length; stage++) {
      int[] row = STAGES[stage];
      for (int i = 0; i < row[2]; i++) {
        LayerChain block =
            root.from(node).in("stage_" + (stage + 1)).in("inverted_residual_" + (i + 1));
        node = invertedResidual(block, row[0], filters(row[1]), i == 0 ? row[3] : 1).node();
      }
    }
    int last = divisible(1280 * Math.max(1, width));
    return builder.build(head(root.from(node).in("head"), last, classes).node());
  }

  private static LayerChain invertedResidual(
      LayerChain input, int expansion, int filters, int stride) {
    int inner = input.shape().channels() * expansion;
    LayerChain expanded =
        expansion == 1 ? input : activate(input.pointwise("expand", inner, 1), "_expand");
    LayerChain projected =
        activate(expanded.depthwise("depthwise", window(stride)), "_depthwise")
            .pointwise("project", filters, 1)
            .batchNorm("batch_norm_project");
    return projected.shape().equals(input.shape())
        ? input.join("add", new Layer.Add(), projected.node())
        : projected;
  }

  private static LayerChain head(LayerChain chain, int filters, int classes) {
    return activate(chain.pointwise("pointwise", filters, 1), "")
        .add("pool", new Layer.GlobalAveragePooling())
        .add("dropout", new Layer.Dropout(0.8))
        .add("dense", new Layer.Dense(classes, true));
  }

  private static LayerChain activate(LayerChain chain, String suffix) {
    return chain
        .batchNorm("batch_norm" + suffix)
        .activation("relu6" + suffix, ActivationFunction.RELU6);
  }

  private static Window window(int stride) {
    return Window.square(3, stride, 1);
  }

  private int filters(int channels) {
    return divisible(channels * width);
  }

  /** The nearest multiple of 8, at least 8, but not less than 90 % of the value. */
  private static int divisible(double value) {
    int rounded = Math.max(DIVISOR, (int) (value + DIVISOR / 2.0) / DIVISOR * DIVISOR);
    return rounded < 0.9 * value ? rounded + DIVISOR : rounded;
  }
}
