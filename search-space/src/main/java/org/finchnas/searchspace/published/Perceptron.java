package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/**
 * Where the field began with digits: two hidden layers of 300 and 100 units (LeCun et al. 1998,
 * doi:10.1109/5.726791, section III.C.3), with ReLU.
 */
record Perceptron() implements PublishedNetwork {

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain first =
        root.in("layer_1")
            .add("dense", new Layer.Dense(300, true))
            .activation(ActivationFunction.RELU);
    LayerChain second =
        root.from(first.node())
            .in("layer_2")
            .add("dense", new Layer.Dense(100, true))
            .activation(ActivationFunction.RELU);
    LayerChain head =
        root.from(second.node()).in("head").add("dense", new Layer.Dense(classes, true));
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
