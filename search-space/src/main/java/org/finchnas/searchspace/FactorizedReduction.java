package org.finchnas.searchspace;

import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;

/**
 * Halves the image with two strided 1x1 convolutions, the second on the image moved by a pixel, so
 * that together they see one more diagonal of pixels.
 */
record FactorizedReduction(int filters, Wiring wiring) {

  /**
   * @throws IllegalArgumentException if the wiring wants an even number of filters, but has none
   */
  LayerChain apply(LayerChain chain) {
    int second = wiring.secondPath(filters);
    LayerChain first = chain.pointwise("path_1", filters / 2, 2);
    LayerChain moved = chain.add("shift", new Layer.Shift()).pointwise("path_2", second, 2);
    return first.join("concat", new Layer.Concat(), moved.node()).batchNorm("batch_norm");
  }
}
