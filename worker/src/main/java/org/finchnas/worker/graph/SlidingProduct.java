package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One of ND4J's convolutions with any padding and dilation.
 *
 * <p>Their oneDNN versions compute the padding of a dilated window without its dilation and fail,
 * so a dilated kernel is written out with the zeros between its taps.
 */
final class SlidingProduct {

  private final String operation;
  private final int dilation;
  private final PaddedInput padded;

  /** What a backward pass reads, or the gradients it fills. */
  record Operands(INDArray input, INDArray weights, @Nullable INDArray bias) {}

  /**
   * @param operation {@code conv2d} or {@code depthwise_conv2d}
   */
  SlidingProduct(String operation, Kernel.Place place, Shape input, Window window) {
    this.operation = operation;
    dilation = window.dilation();
    Window written = written(window);
    padded = new PaddedInput(place, input, written, PaddedInput.Filling.ZERO);
  }

  private static Window written(Window window) {
    return new Window(
        extent(window.kernelHeight(), window.dilation()),
        extent(window.kernelWidth(), window.dilation()),
        window.strideHeight(),
        window.strideWidth(),
        1,
        window.padding());
  }

  private static int extent(long taps, int dilation) {
    return Math.toIntExact((taps - 1) * dilation + 1);
  }

  /** Fills {@code output}. */
  void forward(INDArray input, INDArray weights, @Nullable INDArray bias, INDArray output) {
    INDArray x = padded.of(input);
    INDArray kernel = writtenOut(weights);
    INDArray[] operands = bias == null ? Ops.arrays(x, kernel) : Ops.arrays(x, kernel, bias);
    Ops.run(operation, operands, Ops.arrays(output), padded.arguments(1, 0));
  }

  /** Fills {@code gradients}; the input must be that of the last {@link #forward}. */
  void backward(Operands values, INDArray epsilon, Operands gradients) {
    INDArray x = padded.again(values.input());
    INDArray kernel = writtenOut(values.weights());
    INDArray ofInput = padded.gradient(gradients.input());
    INDArray ofKernel = dilation == 1 ? gradients.weights() : kernel.like();
    INDArray bias = values.bias();
    INDArray ofBias = gradients.bias();
    Ops.run(
        operation + "_bp",
        bias == null ? Ops.arrays(x, kernel, epsilon) : Ops.arrays(x, kernel, bias, epsilon),
        ofBias == null ? Ops.arrays(ofInput, ofKernel) : Ops.arrays(ofInput, ofKernel, ofBias),
        padded.arguments(1, 0));
    padded.crop(gradients.input());
    if (dilation > 1) {
      gradients.weights().assign(taps(ofKernel));
    }
  }

  private INDArray writtenOut(INDArray weights) {
    if (dilation == 1) {
      return weights;
    }
    long[] shape = weights.shape().clone();
    shape[0] = extent(shape[0], dilation);
    shape[1] = extent(shape[1], dilation);
    INDArray written = Nd4j.zeros(weights.dataType(), shape);
    taps(written).assign(weights);
    return written;
  }

  /** The weights inside a kernel that is written out. */
  private INDArray taps(INDArray written) {
    return written.get(
        every(written.size(0)), every(written.size(1)), NDArrayIndex.all(), NDArrayIndex.all());
  }

  private INDArrayIndex every(long extent) {
    return NDArrayIndex.interval(0, dilation, extent);
  }
}
