package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradients of a depthwise convolution with one filter a channel, in single precision.
 *
 * <p>That of the input is a depthwise convolution of the epsilon, spread out by the stride and
 * padded, with the kernel turned around. That of the weights multiplies rows of the input, shifted
 * by each tap, with rows of the epsilon. {@code depthwise_conv2d_bp} takes 5 to 10 times as long
 * for kernels above 3 x 3.
 */
final class DepthwiseGradient implements SlidingGradient {

  private final Window window;
  private final StridedPixels pixels;
  private final Buffer spread;
  private final DepthwiseWeightGradient ofWeights;

  DepthwiseGradient(Kernel.Place place, Shape input, Window window) {
    this.window = window;
    pixels =
        new StridedPixels(
            window.strideHeight(),
            window.strideWidth(),
            window.kernelHeight() - 1 - window.padding().top(),
            window.kernelWidth() - 1 - window.padding().left());
    spread =
        place.buffer(
            new Shape(
                input.channels(),
                input.height() + window.kernelHeight() - 1,
                input.width() + window.kernelWidth() - 1));
    ofWeights = new DepthwiseWeightGradient(input, window);
  }

  /** Whether every place of the window touches the image: padding is smaller than the kernel. */
  static boolean isFor(Window window) {
    Padding padding = window.padding();
    return Math.max(padding.top(), padding.bottom()) < window.kernelHeight()
        && Math.max(padding.left(), padding.right()) < window.kernelWidth();
  }

  @Override
  public void backward(Operands values, INDArray epsilon, Operands gradients) {
    ofWeights.fill(values.input(), epsilon, gradients.weights());
    INDArray ofBias = gradients.bias();
    if (ofBias != null) {
      ofBias.assign(epsilon.sum(0, 1, 2));
    }
    INDArray larger = spread.forBatch(epsilon.size(0)).assign(0);
    pixels.spread(epsilon, larger);
    Ops.run(
        "depthwise_conv2d",
        Ops.arrays(larger, turned(values.weights())),
        Ops.arrays(gradients.input()),
        window.kernelHeight(),
        window.kernelWidth(),
        1,
        1,
        0,
        0,
        1,
        1,
        0,
        1,
        0);
  }

  /** The taps in reverse order. */
  private static INDArray turned(INDArray weights) {
    int channels = (int) weights.size(2);
    float[] values = weights.dup('c').data().asFloat();
    float[] turned = new float[values.length];
    for (int start = 0; start < values.length; start += channels) {
      System.arraycopy(values, start, turned, values.length - channels - start, channels);
    }
    return Ops.reshape(Nd4j.createFromArray(turned), weights.shape());
  }
}
