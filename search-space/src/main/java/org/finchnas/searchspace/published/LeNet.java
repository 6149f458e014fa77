package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * LeNet-5 (LeCun et al. 1998, doi:10.1109/5.726791) as it is taught today: ReLU and maxima, all
 * maps connected, a dense classifier.
 */
record LeNet() implements PublishedNetwork {

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain first = Units.biased(root.in("stage_1"), 6, Window.square(5, 1, 2));
    first = Units.maxPool(first, Window.square(2, 2, 0));
    LayerChain second =
        Units.biased(root.from(first.node()).in("stage_2"), 16, Window.square(5, 1, 0));
    second = Units.maxPool(second, Window.square(2, 2, 0));
    LayerChain head =
        root.from(second.node())
            .in("head")
            .add("dense_1", new Layer.Dense(120, true))
            .activation("relu_1", ActivationFunction.RELU)
            .add("dense_2", new Layer.Dense(84, true))
            .activation("relu_2", ActivationFunction.RELU)
            .add("dense", new Layer.Dense(classes, true));
    return root.builder().build(head.node());
  }

  @Override
  public Shape image() {
    return new Shape(1, 28, 28);
  }

  @Override
  public int classes() {
    return 10;
  }
}
