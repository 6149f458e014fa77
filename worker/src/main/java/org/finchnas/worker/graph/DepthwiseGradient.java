package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradients of a depthwise convolution with one filter a channel, in single precision.
 *
 * <p>That of the input is a depthwise convolution of the epsilon, spread out by the stride and
 * padded (written out only where ND4J cannot pad so), with the kernel turned around. That of the
 * weights multiplies rows of the input, shifted by each tap, with rows of the epsilon. {@code
 * depthwise_conv2d_bp} takes 5 to 10 times as long for kernels above 3 x 3.
 */
final class DepthwiseGradient implements SlidingGradient {

  private final Window window;
  private final StridedPixels pixels;
  private final @Nullable Buffer spread;
  private final DepthwiseWeightGradient ofWeights;

  DepthwiseGradient(Kernel.Place place, Shape input, Window window) {
    this.window = window;
    pixels = new StridedPixels(window.strideHeight(), window.strideWidth(), top(), left());
    spread = isSpread() ? place.buffer(spreadShape(input)) : null;
    ofWeights = new DepthwiseWeightGradient(input, window);
  }

  private int top() {
    return window.kernelHeight() - 1 - window.padding().top();
  }

  private int left() {
    return window.kernelWidth() - 1 - window.padding().left();
  }

  private boolean isSpread() {
    Padding padding = window.padding();
    boolean symmetric = padding.top() == padding.bottom() && padding.left() == padding.right();
    return !symmetric || window.strideHeight() > 1 || window.strideWidth() > 1;
  }

  private Shape spreadShape(Shape input) {
    return new Shape(
        input.channels(),
        input.height() + window.kernelHeight() - 1,
        input.width() + window.kernelWidth() - 1);
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
    INDArray source = epsilon;
    Buffer larger = spread;
    if (larger != null) {
      source = larger.forBatch(epsilon.size(0)).assign(0);
      pixels.spread(epsilon, source);
    }
    Ops.run(
        "depthwise_conv2d",
        Ops.arrays(source, turned(values.weights())),
        Ops.arrays(gradients.input()),
        window.kernelHeight(),
        window.kernelWidth(),
        1,
        1,
        larger == null ? top() : 0,
        larger == null ? left() : 0,
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
