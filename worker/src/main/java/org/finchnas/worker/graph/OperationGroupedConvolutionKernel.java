package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A convolution in several groups that is not depthwise, by ND4J's operations: one convolution a
 * group.
 */
final class OperationGroupedConvolutionKernel extends Kernel {

  private final int groups;
  private final SlidingProduct[] products;
  private final Buffer[] inputParts;
  private final Buffer outputPart;
  private final Buffer gradientPart;

  OperationGroupedConvolutionKernel(Place place, Layer.Convolution layer) {
    super(place);
    groups = layer.groups();
    Shape input = place.input().withChannels(place.input().channels() / groups);
    products = new SlidingProduct[groups];
    inputParts = new Buffer[groups];
    for (int group = 0; group < groups; group++) {
      products[group] = new SlidingProduct("conv2d", place, input, layer.window());
      inputParts[group] = place.buffer(input);
    }
    outputPart = place.buffer(place.node().shape().withChannels(layer.filters() / groups));
    gradientPart = place.buffer(input);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray y = outputPart.forBatch(output.size(0));
    for (int group = 0; group < groups; group++) {
      INDArray x = copyOf(group, inputs[0], inputParts[group]);
      products[group].forward(
          x, weight("weights").slice(group), vector(weightOrNull("bias"), group), y);
      channels(group, output).assign(y);
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    INDArray dx = gradientPart.forBatch(epsilon.size(0));
    for (int group = 0; group < groups; group++) {
      INDArray x = inputParts[group].forBatch(epsilon.size(0));
      products[group].backward(
          operands(group, x, weight("weights"), weightOrNull("bias")),
          copyOf(group, epsilon, outputPart),
          operands(group, dx, gradient("weights"), gradientOrNull("bias")));
      channels(group, target).assign(dx);
    }
    return Ops.arrays(target);
  }

  private SlidingProduct.Operands operands(
      int group, INDArray input, INDArray weights, @Nullable INDArray bias) {
    return new SlidingProduct.Operands(input, weights.slice(group), vector(bias, group));
  }

  private INDArray copyOf(int group, INDArray all, Buffer part) {
    return part.forBatch(all.size(0)).assign(channels(group, all));
  }

  /** The part of a map that belongs to a group. */
  private INDArray channels(int group, INDArray all) {
    long size = all.size(3) / groups;
    return all.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(group * size, (group + 1) * size));
  }

  private @Nullable INDArray vector(@Nullable INDArray all, int group) {
    if (all == null) {
      return null;
    }
    long size = all.length() / groups;
    return all.get(NDArrayIndex.interval(group * size, (group + 1) * size));
  }
}
