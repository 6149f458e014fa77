package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * DenseNet-121 (Huang et al., arXiv 1608.06993) as torchvision defines it: every layer reads all
 * maps before it in its block and adds 32 channels of its own.
 */
record DenseNet() implements PublishedNetwork {

  private static final int GROWTH = 32;
  private static final int[] LAYERS = {6, 12, 24, 16};

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain stem =
        Units.convolution(
            root.in("stem"), 2 * GROWTH, Window.square(7, 2, 3), ActivationFunction.RELU);
    LayerChain chain = Units.maxPool(stem, Window.square(3, 2, 1));
    for (int block = 1; block <= LAYERS.length; block++) {
      for (int i = 1; i <= LAYERS[block - 1]; i++) {
        chain = layer(root.from(chain.node()).in("stage_" + block).in("layer_" + i));
      }
      if (block < LAYERS.length) {
        chain = transition(root.from(chain.node()).in("transition_" + block));
      }
    }
    LayerChain head =
        root.from(chain.node())
            .in("head")
            .batchNorm("batch_norm")
            .activation(ActivationFunction.RELU);
    return root.builder().build(Units.classifier(head, classes).node());
  }

  private static LayerChain layer(LayerChain input) {
    LayerChain added =
        input
            .batchNorm("batch_norm_1")
            .activation("relu_1", ActivationFunction.RELU)
            .pointwise("pointwise", 4 * GROWTH, 1)
            .batchNorm("batch_norm_2")
            .activation("relu_2", ActivationFunction.RELU)
            .convolution("convolution", GROWTH, Window.square(3, 1, 1));
    return input.join("concat", new Layer.Concat(), added.node());
  }

  private static LayerChain transition(LayerChain input) {
    return input
        .batchNorm("batch_norm")
        .activation(ActivationFunction.RELU)
        .pointwise("pointwise", input.shape().channels() / 2, 1)
        .add("pool", new Layer.Pooling(PoolingKind.AVERAGE, Window.square(2, 2, 0)));
  }
}
