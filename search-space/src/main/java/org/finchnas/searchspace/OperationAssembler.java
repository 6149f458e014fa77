package org.finchnas.searchspace;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Window;

/**
 * Adds the layers of an operation, as the published code of NASNet (slim) and AmoebaNet does.
 *
 * @param filters channels that come out
 * @param stride 2 where the operation halves the image, else 1
 */
record OperationAssembler(int filters, int stride) {

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
      case DILATED_SEPARABLE_CONV_3X3 -> separableTwice(chain, 3, 2);
    };
  }

  private LayerChain identity(LayerChain chain) {
    return stride > 1 || chain.shape().channels() != filters ? pointwise(chain, stride) : chain;
  }

  private LayerChain pointwise(LayerChain chain, int pointwiseStride) {
    return relu(chain, "relu")
        .pointwise("pointwise", filters, pointwiseStride)
        .batchNorm("batch_norm");
  }

  private LayerChain pooling(LayerChain chain, PoolingKind kind, int kernel) {
    LayerChain pooled =
        chain.add("pool", new Layer.Pooling(kind, Window.same(chain.shape(), kernel, stride, 1)));
    return pooled.shape().channels() == filters
        ? pooled
        : pooled.pointwise("pointwise", filters, 1).batchNorm("batch_norm");
  }

  private LayerChain separableTwice(LayerChain chain, int kernel, int dilation) {
    return separable(separable(chain, 1, stride, kernel, dilation), 2, 1, kernel, dilation);
  }

  private LayerChain separable(
      LayerChain chain, int pass, int passStride, int kernel, int dilation) {
    LayerChain active = relu(chain, "relu_" + pass);
    return active
        .depthwise("depthwise_" + pass, Window.same(active.shape(), kernel, passStride, dilation))
        .pointwise("pointwise_" + pass, filters, 1)
        .batchNorm("batch_norm_" + pass);
  }

  /** Without room for a bottleneck the wide convolutions stand alone. */
  private LayerChain bottleneck(LayerChain chain, int inner, int height, int width) {
    if (inner < 1) {
      return wide(relu(chain, "relu"), filters, height, width).batchNorm("batch_norm");
    }
    LayerChain narrow =
        relu(chain, "relu_in").pointwise("pointwise_in", inner, 1).batchNorm("batch_norm_in");
    LayerChain filtered = wide(relu(narrow, "relu"), inner, height, width).batchNorm("batch_norm");
    return relu(filtered, "relu_out")
        .pointwise("pointwise_out", filters, 1)
        .batchNorm("batch_norm_out");
  }

  /** A square kernel, or a row kernel followed by the column kernel of the same length. */
  private LayerChain wide(LayerChain chain, int inner, int height, int width) {
    if (height == width) {
      Window square = Window.same(chain.shape(), height, stride, 1);
      return chain.convolution("convolution", inner, square);
    }
    Window row = Window.same(chain.shape(), height, width, 1, stride, 1);
    LayerChain rows = chain.convolution("row", inner, row).batchNorm("batch_norm_row");
    Window column = Window.same(rows.shape(), width, height, stride, 1, 1);
    return relu(rows, "relu_row").convolution("column", inner, column);
  }

  private static LayerChain relu(LayerChain chain, String name) {
    return chain.activation(name, ActivationFunction.RELU);
  }
}
