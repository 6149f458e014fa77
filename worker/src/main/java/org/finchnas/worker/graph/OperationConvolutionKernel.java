package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution in one group or depthwise, by ND4J's operations. */
final class OperationConvolutionKernel extends Kernel {

  private final SlidingProduct product;

  OperationConvolutionKernel(Place place, Layer.Convolution layer) {
    super(place);
    String operation = layer.isDepthwise(place.input()) ? "depthwise_conv2d" : "conv2d";
    product = new SlidingProduct(operation, place, place.input(), layer.window());
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    product.forward(inputs[0], weight("weights"), weightOrNull("bias"), output);
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    product.backward(
        new SlidingProduct.Operands(inputs[0], weight("weights"), weightOrNull("bias")),
        epsilon,
        new SlidingProduct.Operands(target, gradient("weights"), gradientOrNull("bias")));
    return Ops.arrays(target);
  }
}
