package org.finchnas.worker.onednn;

import java.util.function.LongFunction;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of maps {@code [batch, height, width, channels]} in single precision, forward and
 * backward. Each direction is prepared when it is first asked for. One thread at a time may use it.
 */
public final class Convolution implements AutoCloseable {

  /**
   * The only implementation of a depthwise weight gradient that does not take many times as long.
   */
  private static final String FAST_DEPTHWISE = "jit_dw";

  /**
   * What a convolution looks like.
   *
   * @param bias whether a bias is added
   */
  public record Geometry(
      int batch, Shape input, Window window, int filters, int groups, boolean bias) {

    boolean isDepthwise() {
      return groups > 1 && groups == input.channels();
    }

    Shape output() {
      return window.slideOver(input).withChannels(filters);
    }
  }

  private final Geometry geometry;
  private final LongFunction<FloatPointer> scratch;
  private final Pass forward;
  private @Nullable Pass ofInput;
  private @Nullable Pass ofWeights;
  private @Nullable FloatPointer turned;

  /**
   * @param scratch gives memory for so many floats until its next call
   */
  public Convolution(Geometry geometry, LongFunction<FloatPointer> scratch) {
    this.geometry = geometry;
    this.scratch = scratch;
    forward = forwardPass();
  }

  /**
   * Fills {@code output}.
   *
   * @param weights {@code [kernelHeight, kernelWidth, in, out]}; of several groups the same after
   *     {@code [groups]}, depthwise {@code [kernelHeight, kernelWidth, in, multiplier]}
   */
  public void forward(
      FloatPointer input, FloatPointer weights, @Nullable FloatPointer bias, FloatPointer output) {
    forward.primitive.give(dnnl.DNNL_ARG_SRC, input);
    forward.primitive.give(dnnl.DNNL_ARG_DST, output);
    if (bias != null) {
      forward.primitive.give(dnnl.DNNL_ARG_BIAS, bias);
    }
    forward.weights.read(weights, scratch);
    forward.primitive.run(scratch);
  }

  /** Fills {@code target}, the gradient of the input, from {@code epsilon}, that of the output. */
  public void inputGradient(FloatPointer epsilon, FloatPointer weights, FloatPointer target) {
    boolean asForward = isForwardOfTurned();
    Pass pass = ofInput;
    if (pass == null) {
      pass = asForward ? turnedForwardPass() : inputPass();
      ofInput = pass;
    }
    pass.primitive.give(asForward ? dnnl.DNNL_ARG_SRC : dnnl.DNNL_ARG_DIFF_DST, epsilon);
    pass.primitive.give(asForward ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_DIFF_SRC, target);
    pass.weights.read(asForward ? turn(weights) : weights, scratch);
    pass.primitive.run(scratch);
  }

  /** Fills {@code target} and {@code ofBias}, the gradients of the weights. */
  public void weightGradient(
      FloatPointer input,
      FloatPointer epsilon,
      FloatPointer target,
      @Nullable FloatPointer ofBias) {
    Pass pass = ofWeights();
    pass.primitive.give(dnnl.DNNL_ARG_SRC, input);
    pass.primitive.give(dnnl.DNNL_ARG_DIFF_DST, epsilon);
    if (ofBias != null) {
      pass.primitive.give(dnnl.DNNL_ARG_DIFF_BIAS, ofBias);
    }
    pass.weights.prepare(target);
    pass.primitive.run(scratch);
    pass.weights.write(target, scratch);
  }

  /** Whether {@link #weightGradient} is faster than loops. */
  public boolean hasFastWeightGradient() {
    return !geometry.isDepthwise()
        || ofWeights().primitive.implementation().startsWith(FAST_DEPTHWISE);
  }

  /**
   * Whether the gradient of the input is taken as the convolution of the epsilon with the kernel
   * turned around, which for depthwise ones is faster than the backward primitive.
   */
  private boolean isForwardOfTurned() {
    Window window = geometry.window();
    return geometry.isDepthwise()
        && geometry.filters() == geometry.groups()
        && window.strideHeight() == 1
        && window.strideWidth() == 1
        && Math.max(window.padding().top(), window.padding().bottom()) < height(window)
        && Math.max(window.padding().left(), window.padding().right()) < width(window);
  }

  private Pass ofWeights() {
    Pass pass = ofWeights;
    if (pass == null) {
      pass = weightPass();
      ofWeights = pass;
    }
    return pass;
  }

  private Pass forwardPass() {
    var operation = new dnnl_convolution_desc_t();
    Window window = geometry.window();
    Padding padding = window.padding();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            dnnl.dnnl_convolution_direct,
            Layout.maps(geometry.batch(), geometry.input()),
            Layout.anyWeights(geometry),
            bias(),
            Layout.maps(geometry.batch(), geometry.output()),
            strides(window),
            dilates(window),
            longs(padding.top(), padding.left()),
            longs(padding.bottom(), padding.right())));
    Primitive primitive =
        geometry.bias()
            ? new Primitive(
                operation,
                null,
                dnnl.DNNL_ARG_SRC,
                dnnl.DNNL_ARG_WEIGHTS,
                dnnl.DNNL_ARG_BIAS,
                dnnl.DNNL_ARG_DST)
            : new Primitive(
                operation, null, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST);
    return pass(primitive, dnnl.DNNL_ARG_WEIGHTS, false);
  }

  private Pass turnedForwardPass() {
    var operation = new dnnl_convolution_desc_t();
    Window window = geometry.window();
    Shape input = geometry.input();
    Shape output = geometry.output();
    int top = height(window) - 1 - window.padding().top();
    int left = width(window) - 1 - window.padding().left();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            dnnl.dnnl_convolution_direct,
            Layout.maps(geometry.batch(), output),
            Layout.anyWeights(geometry),
            null,
            Layout.maps(geometry.batch(), input),
            strides(window),
            dilates(window),
            longs(top, left),
            longs(
                input.height() - output.height() + height(window) - 1 - top,
                input.width() - output.width() + width(window) - 1 - left)));
    Primitive primitive =
        new Primitive(operation, null, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST);
    return pass(primitive, dnnl.DNNL_ARG_WEIGHTS, false);
  }

  private Pass inputPass() {
    var operation = new dnnl_convolution_desc_t();
    Window window = geometry.window();
    Padding padding = window.padding();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_backward_data_desc_init(
            operation,
            dnnl.dnnl_convolution_direct,
            Layout.maps(geometry.batch(), geometry.input()),
            Layout.anyWeights(geometry),
            Layout.maps(geometry.batch(), geometry.output()),
            strides(window),
            dilates(window),
            longs(padding.top(), padding.left()),
            longs(padding.bottom(), padding.right())));
    Primitive primitive =
        new Primitive(
            operation,
            forward.primitive,
            dnnl.DNNL_ARG_DIFF_DST,
            dnnl.DNNL_ARG_WEIGHTS,
            dnnl.DNNL_ARG_DIFF_SRC);
    return pass(primitive, dnnl.DNNL_ARG_WEIGHTS, false);
  }

  private Pass weightPass() {
    var operation = new dnnl_convolution_desc_t();
    Window window = geometry.window();
    Padding padding = window.padding();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_backward_weights_desc_init(
            operation,
            dnnl.dnnl_convolution_direct,
            Layout.maps(geometry.batch(), geometry.input()),
            Layout.anyWeights(geometry),
            bias(),
            Layout.maps(geometry.batch(), geometry.output()),
            strides(window),
            dilates(window),
            longs(padding.top(), padding.left()),
            longs(padding.bottom(), padding.right())));
    Primitive primitive =
        geometry.bias()
            ? new Primitive(
                operation,
                forward.primitive,
                dnnl.DNNL_ARG_SRC,
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_DIFF_WEIGHTS,
                dnnl.DNNL_ARG_DIFF_BIAS)
            : new Primitive(
                operation,
                forward.primitive,
                dnnl.DNNL_ARG_SRC,
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_DIFF_WEIGHTS);
    return pass(primitive, dnnl.DNNL_ARG_DIFF_WEIGHTS, true);
  }

  private Pass pass(Primitive primitive, int argument, boolean written) {
    return new Pass(
        primitive, new WeightsArgument(primitive, argument, Layout.weights(geometry), written));
  }

  private @Nullable dnnl_memory_desc_t bias() {
    return geometry.bias() ? Layout.vector(geometry.filters()) : null;
  }

  /** A copy of depthwise weights with the taps in reverse order. */
  private FloatPointer turn(FloatPointer weights) {
    int channels = geometry.groups();
    int length = channels * geometry.window().kernelHeight() * geometry.window().kernelWidth();
    FloatPointer target = turned;
    if (target == null) {
      target = new FloatPointer(length);
      turned = target;
    }
    float[] values = new float[length];
    weights.get(values);
    float[] reversed = new float[length];
    for (int start = 0; start < length; start += channels) {
      System.arraycopy(values, start, reversed, length - channels - start, channels);
    }
    return target.put(reversed);
  }

  private static int height(Window window) {
    return (window.kernelHeight() - 1) * window.dilation() + 1;
  }

  private static int width(Window window) {
    return (window.kernelWidth() - 1) * window.dilation() + 1;
  }

  private static long[] strides(Window window) {
    return longs(window.strideHeight(), window.strideWidth());
  }

  /** Pixels between taps, none without dilation. */
  private static long[] dilates(Window window) {
    return longs(window.dilation() - 1, window.dilation() - 1);
  }

  private static long[] longs(long... values) {
    return values;
  }

  @Override
  public void close() {
    forward.close();
    if (ofInput != null) {
      ofInput.close();
    }
    if (ofWeights != null) {
      ofWeights.close();
    }
    if (turned != null) {
      turned.close();
    }
  }

  /** A primitive and its weights. */
  private record Pass(Primitive primitive, WeightsArgument weights) implements AutoCloseable {
    @Override
    public void close() {
      primitive.close();
      weights.close();
    }
  }
}
