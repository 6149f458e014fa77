package org.finchnas.searchspace.published;

import java.util.List;
import java.util.Set;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * SqueezeNet (Iandola et al., arXiv 1602.07360) as torchvision defines it: no batch norm, the
 * classifier a convolution whose map is averaged.
 *
 * @param filters of the first convolution
 * @param kernel of the first convolution
 * @param pooledBefore the fire modules, counted from 1, before which the image is halved
 */
record SqueezeNet(int filters, int kernel, Set<Integer> pooledBefore) implements PublishedNetwork {

  static final SqueezeNet V1_0 = new SqueezeNet(96, 7, Set.of(1, 4, 8));
  static final SqueezeNet V1_1 = new SqueezeNet(64, 3, Set.of(1, 3, 5));

  /** Channels of each fire module between its two layers; it expands to eight times as many. */
  private static final List<Integer> SQUEEZED = List.of(16, 16, 32, 32, 48, 48, 64, 64);

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain chain = Units.biased(root.in("stem"), filters, Window.square(kernel, 2, 0));
    int stage = 0;
    for (int i = 1; i <= SQUEEZED.size(); i++) {
      if (pooledBefore.contains(i)) {
        stage++;
        LayerChain scope = root.from(chain.node()).in("stage_" + stage);
        chain = Units.maxPool(scope, Window.ceiling(scope.shape(), 3, 2));
      }
      chain =
          fire(root.from(chain.node()).in("stage_" + stage).in("fire_" + i), SQUEEZED.get(i - 1));
    }
    LayerChain head =
        root.from(chain.node())
            .in("head")
            .add("dropout", new Layer.Dropout(0.5))
            .add("convolution", new Layer.Convolution(classes, Window.square(1, 1, 0), 1, true))
            .activation(ActivationFunction.RELU)
            .add("pool", new Layer.GlobalAveragePooling());
    return root.builder().build(head.node());
  }

  private static LayerChain fire(LayerChain input, int squeezed) {
    LayerChain narrow = Units.biased(input.in("squeeze"), squeezed, Window.square(1, 1, 0));
    LayerChain points =
        Units.biased(
            input.from(narrow.node()).in("expand_1x1"), 4 * squeezed, Window.square(1, 1, 0));
    LayerChain squares =
        Units.biased(
            input.from(narrow.node()).in("expand_3x3"), 4 * squeezed, Window.square(3, 1, 1));
    return input.from(points.node()).join("concat", new Layer.Concat(), squares.node());
  }
}
