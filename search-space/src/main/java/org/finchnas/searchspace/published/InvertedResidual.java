package org.finchnas.searchspace.published;

import java.util.function.Function;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * MobileNetV2's unit (arXiv 1801.04381): expands, filters each channel, and projects without an
 * activation; its input is added if it has the output's shape.
 *
 * @param window of the depthwise convolution, for the shape it reads
 * @param expansion of the input's channels; 1 leaves the expanding convolution out
 * @param squeezed channels that a squeeze-and-excite of the filtered ones squeezes to, 0 for none
 */
public record InvertedResidual(
    int filters,
    Function<Shape, Window> window,
    int expansion,
    int squeezed,
    ActivationFunction function) {

  /** The chain after it. */
  public LayerChain apply(LayerChain input) {
    int inner = input.shape().channels() * expansion;
    LayerChain expanded =
        expansion == 1 ? input : activate(input.pointwise("expand", inner, 1), "_expand");
    LayerChain filtered =
        activate(expanded.depthwise("depthwise", window.apply(expanded.shape())), "_depthwise");
    LayerChain scaled = squeezed == 0 ? filtered : filtered.squeezeExcite(squeezed, function);
    LayerChain projected = scaled.pointwise("project", filters, 1).batchNorm("batch_norm_project");
    return projected.shape().equals(input.shape())
        ? input.join("add", new Layer.Add(), projected.node())
        : projected;
  }

  private LayerChain activate(LayerChain chain, String suffix) {
    return chain.batchNorm("batch_norm" + suffix).activation(function.token() + suffix, function);
  }
}
