package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** What published networks have in common; each takes the chain in whose scope it is named. */
final class Units {

  static final Layer.BatchNorm BATCH_NORM = new Layer.BatchNorm(1e-5, 0.9);

  private Units() {}

  /** An empty network's input. */
  static LayerChain input(String name, Shape image, Layer.BatchNorm batchNorm) {
    NetworkBuilder builder = new NetworkBuilder(name, image);
    return new LayerChain(builder, "", batchNorm, builder.input());
  }

  /** Convolution, batch norm and activation. */
  static LayerChain convolution(
      LayerChain chain, int filters, Window window, ActivationFunction function) {
    return chain
        .convolution("convolution", filters, window)
        .batchNorm("batch_norm")
        .activation(function);
  }

  /** Convolution with bias and ReLU, of the time before batch normalisation. */
  static LayerChain biased(LayerChain chain, int filters, Window window) {
    return chain
        .add("convolution", new Layer.Convolution(filters, window, 1, true))
        .activation(ActivationFunction.RELU);
  }

  static LayerChain maxPool(LayerChain chain, Window window) {
    return chain.add("pool", new Layer.Pooling(PoolingKind.MAX, window));
  }

  /** The sum with what the unit began from, through an activation. */
  static LayerChain addShortcut(LayerChain chain, LayerChain shortcut) {
    return chain
        .join("add", new Layer.Add(), shortcut.node())
        .activation("relu_add", ActivationFunction.RELU);
  }

  /** Global average pooling and the classifier. */
  static LayerChain classifier(LayerChain chain, int classes) {
    return chain
        .add("pool", new Layer.GlobalAveragePooling())
        .add("dense", new Layer.Dense(classes, true));
  }

  static LayerChain classifier(LayerChain chain, double keep, int classes) {
    return chain
        .add("pool", new Layer.GlobalAveragePooling())
        .add("dropout", new Layer.Dropout(keep))
        .add("dense", new Layer.Dense(classes, true));
  }
}
