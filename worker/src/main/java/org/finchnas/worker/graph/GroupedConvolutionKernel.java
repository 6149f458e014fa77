package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A convolution in several groups that is not depthwise: one convolution a group. */
final class GroupedConvolutionKernel extends Kernel {

  private final int groups;
  private final PaddedInput padded;
  private final Buffer inputPart;
  private final Buffer outputPart;
  private final Buffer gradientPart;

  GroupedConvolutionKernel(Place place, Layer.Convolution layer) {
    super(place);
    groups = layer.groups();
    Shape input = place.input().withChannels(place.input().channels() / groups);
    padded = new PaddedInput(place, input, layer.window(), PaddedInput.Filling.ZERO);
    inputPart = place.buffer(input);
    outputPart = place.buffer(place.node().shape().withChannels(layer.filters() / groups));
    gradientPart = place.buffer(input);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray y = outputPart.forBatch(output.size(0));
    for (int group = 0; group < groups; group++) {
      INDArray x = padded.of(copyOf(group, inputs[0], inputPart));
      INDArray kernel = weight("weights").slice(group);
      INDArray[] operands =
          hasBias() ? Ops.arrays(x, kernel, vector(weight("bias"), group)) : Ops.arrays(x, kernel);
      Ops.run("conv2d", operands, Ops.arrays(y), padded.arguments(1, 0));
      channels(group, output).assign(y);
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    INDArray dx = gradientPart.forBatch(target.size(0));
    for (int group = 0; group < groups; group++) {
      INDArray x = padded.of(copyOf(group, inputs[0], inputPart));
      INDArray dy = copyOf(group, epsilon, outputPart);
      INDArray kernel = weight("weights").slice(group);
      INDArray kernelGradient = gradient("weights").slice(group);
      INDArray larger = padded.gradient(dx);
      Ops.run(
          "conv2d_bp",
          hasBias()
              ? Ops.arrays(x, kernel, vector(weight("bias"), group), dy)
              : Ops.arrays(x, kernel, dy),
          hasBias()
              ? Ops.arrays(larger, kernelGradient, vector(gradient("bias"), group))
              : Ops.arrays(larger, kernelGradient),
          padded.arguments(1, 0));
      padded.crop(dx);
      channels(group, target).assign(dx);
    }
    return Ops.arrays(target);
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

  private INDArray vector(INDArray all, int group) {
    long size = all.length() / groups;
    return all.get(NDArrayIndex.interval(group * size, (group + 1) * size));
  }
}
