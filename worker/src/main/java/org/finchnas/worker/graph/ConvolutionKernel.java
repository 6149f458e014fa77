package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution in one group or depthwise. */
final class ConvolutionKernel extends Kernel {

  private final String operation;
  private final PaddedInput padded;
  private final Buffer unneeded;

  ConvolutionKernel(Place place, Layer.Convolution layer) {
    super(place);
    operation = layer.isDepthwise(place.input()) ? "depthwise_conv2d" : "conv2d";
    padded = new PaddedInput(place, place.input(), layer.window(), PaddedInput.Filling.ZERO);
    unneeded = place.buffer(place.input());
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray x = padded.of(inputs[0]);
    INDArray[] operands =
        hasBias()
            ? Ops.arrays(x, weight("weights"), weight("bias"))
            : Ops.arrays(x, weight("weights"));
    Ops.run(operation, operands, Ops.arrays(output), padded.arguments(1, 0));
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray x = padded.again(inputs[0]);
    boolean needed = backward.isNeeded(0);
    INDArray target = needed ? backward.gradientOf(0) : unneeded.forBatch(x.size(0));
    INDArray larger = padded.gradient(target);
    INDArray[] operands =
        hasBias()
            ? Ops.arrays(x, weight("weights"), weight("bias"), epsilon)
            : Ops.arrays(x, weight("weights"), epsilon);
    INDArray[] results =
        hasBias()
            ? Ops.arrays(larger, gradient("weights"), gradient("bias"))
            : Ops.arrays(larger, gradient("weights"));
    Ops.run(operation + "_bp", operands, results, padded.arguments(1, 0));
    padded.crop(target);
    return Ops.arrays(needed ? target : backward.unneeded());
  }
}
