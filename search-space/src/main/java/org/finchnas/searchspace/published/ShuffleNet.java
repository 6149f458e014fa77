package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * ShuffleNet (Zhang et al., arXiv 1707.01083) as osmr/imgclsmob defines it, but for padding, which
 * an average leaves out here. The very first grouped convolution has one group, since its input is
 * narrow.
 *
 * @param groups 1, 2, 3, 4 or 8
 */
record ShuffleNet(int groups, Width width) implements PublishedNetwork {

  private static final int STEM = 24;
  private static final int[] UNITS = {4, 8, 4};

  ShuffleNet {
    for (int stage = 0; stage < UNITS.length; stage++) {
      int channels = width.of(firstChannels(groups) << stage);
      if (channels % (4 * groups) != 0) {
        throw new IllegalArgumentException(
            "%s: stage %d would have %d channels, which four times its groups (%d) do not divide."
                    .formatted(width.name(), stage + 1, channels, 4 * groups)
                + " Use a width that leaves a multiple of that of %d, such as 0.5."
                    .formatted(firstChannels(groups) << stage));
      }
    }
    width.of(STEM);
  }

  /** Channels of the first stage, which the others double: the paper's table 1. */
  private static int firstChannels(int groups) {
    return switch (groups) {
      case 1 -> 144;
      case 2 -> 200;
      case 3 -> 240;
      case 4 -> 272;
      case 8 -> 384;
      default ->
          throw new IllegalArgumentException(
              "ShuffleNet has no form of %d groups.".formatted(groups));
    };
  }

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain stem =
        Units.convolution(
            root.in("stem"), width.of(STEM), Window.square(3, 2, 1), ActivationFunction.RELU);
    LayerChain chain = Units.maxPool(stem, Window.square(3, 2, 1));
    for (int stage = 0; stage < UNITS.length; stage++) {
      int channels = width.of(firstChannels(groups) << stage);
      for (int i = 1; i <= UNITS[stage]; i++) {
        LayerChain scope =
            root.from(chain.node()).in("stage_" + (stage + 1)).in("shuffle_unit_" + i);
        chain = unit(scope, channels, stage == 0 && i == 1 ? 1 : groups, i == 1 ? 2 : 1);
      }
    }
    return root.builder()
        .build(Units.classifier(root.from(chain.node()).in("head"), classes).node());
  }

  private LayerChain unit(LayerChain input, int channels, int firstGroups, int stride) {
    int inner = channels / 4;
    int added = stride == 2 ? channels - input.shape().channels() : channels;
    LayerChain body =
        input
            .grouped("pointwise_1", inner, firstGroups)
            .batchNorm("batch_norm_1")
            .activation("relu_1", ActivationFunction.RELU)
            .add("shuffle", new Layer.ChannelShuffle(groups))
            .depthwise("depthwise", Window.square(3, stride, 1))
            .batchNorm("batch_norm_2")
            .grouped("pointwise_2", added, groups)
            .batchNorm("batch_norm_3");
    if (stride == 1) {
      return Units.addShortcut(body, input);
    }
    LayerChain pooled =
        input.add("shortcut", new Layer.Pooling(PoolingKind.AVERAGE, Window.square(3, 2, 1)));
    return body.join("concat", new Layer.Concat(), pooled.node())
        .activation("relu_concat", ActivationFunction.RELU);
  }
}
