package org.finchnas.searchspace;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Window;
import org.finchnas.searchspace.published.InvertedResidual;

/**
 * Adds the layers of an operation, as the published code of NASNet (slim) and AmoebaNet does.
 *
 * @param filters channels that come out
 * @param stride 2 where the operation halves the image, else 1
 * @param function the activation of all convolutions
 */
record OperationAssembler(int filters, int stride, Wiring wiring, ActivationFunction function) {

  private static final int MOST_GROUPS = 4;

  LayerChain apply(Operation operation, LayerChain input) {
    LayerChain chain = input.in(operation.token());
    return switch (operation) {
      case IDENTITY -> identity(chain);
      case AVERAGE_POOLING_3X3 -> pooling(chain, PoolingKind.AVERAGE, 3);
      case MAX_POOLING_2X2 -> pooling(chain, PoolingKind.MAX, 2);
      case MAX_POOLING_3X3 -> pooling(chain, PoolingKind.MAX, 3);
      case MAX_POOLING_5X5 -> pooling(chain, PoolingKind.MAX, 5);
      case MAX_POOLING_7X7 -> pooling(chain, PoolingKind.MAX, 7);
      case CONV_1X1 -> pointwise(chain, stride);
      case CONV_3X3 -> bottleneck(chain, filters / 4, 3, 3);
      case CONV_1X3_3X1 -> bottleneck(chain, 3 * filters / 8, 1, 3);
      case CONV_1X7_7X1 -> bottleneck(chain, filters / 4, 1, 7);
      case SEPARABLE_CONV_3X3 -> separableTwice(chain, 3, 1);
      case SEPARABLE_CONV_5X5 -> separableTwice(chain, 5, 1);
      case SEPARABLE_CONV_7X7 -> separableTwice(chain, 7, 1);
      case DILATED_CONV_3X3 -> separable(chain, 1, stride, 3, 2);
      case DILATED_CONV_5X5 -> separable(chain, 1, stride, 5, 2);
      case DILATED_SEPARABLE_CONV_3X3 -> separableTwice(chain, 3, 2);
      case INVERTED_RESIDUAL_3X3_EXPANSION_3 -> invertedResidual(chain, 3, 3);
      case INVERTED_RESIDUAL_3X3_EXPANSION_6 -> invertedResidual(chain, 3, 6);
      case INVERTED_RESIDUAL_5X5_EXPANSION_3 -> invertedResidual(chain, 5, 3);
      case INVERTED_RESIDUAL_5X5_EXPANSION_6 -> invertedResidual(chain, 5, 6);
      case SHUFFLE_UNIT -> shuffleUnit(chain);
      case FIRE_MODULE -> fireModule(chain);
      case SQUEEZE_EXCITE -> identity(chain).squeezeExcite(Math.max(1, filters / 4), function);
    };
  }

  private LayerChain identity(LayerChain chain) {
    if (stride > 1 && wiring.reducesIdentity()) {
      LayerChain active = wiring.activatesIdentity() ? activate(chain, "") : chain;
      return new FactorizedReduction(filters, wiring).apply(active);
    }
    return stride > 1 || chain.shape().channels() != filters ? pointwise(chain, stride) : chain;
  }

  private LayerChain pointwise(LayerChain chain, int pointwiseStride) {
    return activate(chain, "")
        .pointwise("pointwise", filters, pointwiseStride)
        .batchNorm("batch_norm");
  }

  private LayerChain pooling(LayerChain chain, PoolingKind kind, int kernel) {
    LayerChain pooled =
        chain.add(
            "pool", new Layer.Pooling(kind, window(chain, kernel, kernel, stride, stride, 1)));
    return pooled.shape().channels() == filters
        ? pooled
        : pooled.pointwise("pointwise", filters, 1).batchNorm("batch_norm");
  }

  private LayerChain separableTwice(LayerChain chain, int kernel, int dilation) {
    return separable(separable(chain, 1, stride, kernel, dilation), 2, 1, kernel, dilation);
  }

  private LayerChain separable(
      LayerChain chain, int pass, int passStride, int kernel, int dilation) {
    LayerChain active = activate(chain, "_" + pass);
    return active
        .depthwise(
            "depthwise_" + pass, window(active, kernel, kernel, passStride, passStride, dilation))
        .pointwise("pointwise_" + pass, filters, 1)
        .batchNorm("batch_norm_" + pass);
  }

  /** Without room for a bottleneck the wide convolutions stand alone. */
  private LayerChain bottleneck(LayerChain chain, int inner, int height, int width) {
    if (inner < 1) {
      return wide(activate(chain, ""), filters, height, width).batchNorm("batch_norm");
    }
    LayerChain narrow =
        activate(chain, "_in").pointwise("pointwise_in", inner, 1).batchNorm("batch_norm_in");
    LayerChain filtered = wide(activate(narrow, ""), inner, height, width).batchNorm("batch_norm");
    return activate(filtered, "_out")
        .pointwise("pointwise_out", filters, 1)
        .batchNorm("batch_norm_out");
  }

  /** A square kernel, or a row kernel followed by the column kernel of the same length. */
  private LayerChain wide(LayerChain chain, int inner, int height, int width) {
    if (height == width) {
      Window square = window(chain, height, height, stride, stride, 1);
      return chain.convolution("convolution", inner, square);
    }
    Window row = window(chain, height, width, 1, stride, 1);
    LayerChain rows = chain.convolution("row", inner, row).batchNorm("batch_norm_row");
    Window column = window(rows, width, height, stride, 1, 1);
    return activate(rows, "_row").convolution("column", inner, column);
  }

  private LayerChain invertedResidual(LayerChain chain, int kernel, int expansion) {
    return new InvertedResidual(
            filters,
            shape -> wiring.window(shape, kernel, kernel, stride, stride, 1),
            expansion,
            0,
            function)
        .apply(chain);
  }

  private LayerChain shuffleUnit(LayerChain chain) {
    int inner = Math.max(1, filters / 4);
    int groups =
        commonDivisor(
            commonDivisor(MOST_GROUPS, chain.shape().channels()), commonDivisor(inner, filters));
    LayerChain narrow =
        activate(chain, "_in").grouped("pointwise_in", inner, groups).batchNorm("batch_norm_in");
    LayerChain shuffled = activate(narrow, "").add("shuffle", new Layer.ChannelShuffle(groups));
    LayerChain widened =
        shuffled
            .depthwise("depthwise", window(shuffled, 3, 3, stride, stride, 1))
            .batchNorm("batch_norm")
            .grouped("pointwise_out", filters, groups)
            .batchNorm("batch_norm_out");
    return addShortcut(stride > 1 ? averaged(chain) : chain, widened);
  }

  private LayerChain averaged(LayerChain chain) {
    Window window = window(chain, 3, 3, stride, stride, 1);
    return chain.add("shortcut", new Layer.Pooling(PoolingKind.AVERAGE, window));
  }

  private static LayerChain addShortcut(LayerChain shortcut, LayerChain chain) {
    return shortcut.shape().equals(chain.shape())
        ? shortcut.join("add", new Layer.Add(), chain.node())
        : chain;
  }

  private LayerChain fireModule(LayerChain chain) {
    LayerChain squeezed =
        activate(
            activate(chain, "_in")
                .pointwise("squeeze", Math.max(1, filters / 8), 1)
                .batchNorm("batch_norm_squeeze"),
            "");
    LayerChain points = squeezed.pointwise("expand_1x1", filters / 2, stride);
    Window window = window(squeezed, 3, 3, stride, stride, 1);
    LayerChain squares = squeezed.convolution("expand_3x3", filters - filters / 2, window);
    return points.join("concat", new Layer.Concat(), squares.node()).batchNorm("batch_norm");
  }

  private static int commonDivisor(int a, int b) {
    return b == 0 ? a : commonDivisor(b, a % b);
  }

  private Window window(
      LayerChain chain, int height, int width, int strideHeight, int strideWidth, int dilation) {
    return wiring.window(chain.shape(), height, width, strideHeight, strideWidth, dilation);
  }

  private LayerChain activate(LayerChain chain, String suffix) {
    return chain.activation(function.token() + suffix, function);
  }
}
