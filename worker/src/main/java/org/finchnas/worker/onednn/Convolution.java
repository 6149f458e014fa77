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
 * backward. Each direction is prepared when it is first asked for. One thread at a time may use it;
 * arrays must stay reachable until a method returns.
 */
public final class Convolution implements AutoCloseable {

  /** The only implementation of a depthwise weight gradient that is faster than loops. */
  private static final String FAST_DEPTHWISE = "jit_dw";

  /**
   * How the names of implementations for 1 x 1 kernels begin. The weight gradients of 2.5 that skip
   * pixels take room for the channels that there are, and write whole vectors of them: with less
   * than a vector of channels they write behind their memory.
   */
  private static final String OF_PIXELS = "jit_1x1";

  /** Floats in the longest vector of any instruction set. */
  private static final int LONGEST_VECTOR = 16;

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
  private final LongFunction<FloatPointer> memory;
  private final Slide slide;
  private final Primitive forwardPrimitive;
  private final Pass forward;
  private @Nullable Pass ofInput;
  private @Nullable Pass ofWeights;
  private boolean fastWeightGradient;
  private @Nullable FloatPointer turned;

  /**
   * @param memory gives room for so many floats until its next call
   */
  public Convolution(Geometry geometry, LongFunction<FloatPointer> memory) {
    this.geometry = geometry;
    this.memory = memory;
    slide = Slide.of(geometry.window());
    forwardPrimitive = forwardPrimitive();
    forward = pass(forwardPrimitive, dnnl.DNNL_ARG_WEIGHTS, false);
  }

  /**
   * Fills {@code output}.
   *
   * @param weights {@code [kernelHeight, kernelWidth, in, out]}; of several groups the same after
   *     {@code [groups]}, depthwise {@code [kernelHeight, kernelWidth, in, multiplier]}
   */
  public void forward(
      FloatPointer input, FloatPointer weights, @Nullable FloatPointer bias, FloatPointer output) {
    forward.give(dnnl.DNNL_ARG_SRC, input);
    forward.give(dnnl.DNNL_ARG_DST, output);
    if (bias != null) {
      forward.give(dnnl.DNNL_ARG_BIAS, bias);
    }
    forward.run(weights, memory);
  }

  /** Fills {@code target}, the gradient of the input, from {@code epsilon}, that of the output. */
  public void inputGradient(FloatPointer epsilon, FloatPointer weights, FloatPointer target) {
    boolean asForward = isForwardOfTurned();
    Pass pass = ofInput;
    if (pass == null) {
      pass = pass(asForward ? turnedPrimitive() : inputPrimitive(), dnnl.DNNL_ARG_WEIGHTS, false);
      ofInput = pass;
    }
    pass.give(asForward ? dnnl.DNNL_ARG_SRC : dnnl.DNNL_ARG_DIFF_DST, epsilon);
    pass.give(asForward ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_DIFF_SRC, target);
    pass.run(asForward ? turn(weights) : weights, memory);
  }

  /** Fills {@code target} and {@code ofBias}, the gradients of the weights. */
  public void weightGradient(
      FloatPointer input,
      FloatPointer epsilon,
      FloatPointer target,
      @Nullable FloatPointer ofBias) {
    Pass pass = ofWeights();
    pass.give(dnnl.DNNL_ARG_SRC, input);
    pass.give(dnnl.DNNL_ARG_DIFF_DST, epsilon);
    if (ofBias != null) {
      pass.give(dnnl.DNNL_ARG_DIFF_BIAS, ofBias);
    }
    pass.run(target, memory);
  }

  /** Whether {@link #weightGradient} is faster than loops. */
  public boolean hasFastWeightGradient() {
    ofWeights();
    return fastWeightGradient;
  }

  /**
   * Whether the gradient of the input is taken as the convolution of the epsilon with the kernel
   * turned around, which for depthwise ones is faster than the backward primitive.
   */
  private boolean isForwardOfTurned() {
    Window window = geometry.window();
    Padding padding = window.padding();
    return geometry.isDepthwise()
        && geometry.filters() == geometry.groups()
        && window.strideHeight() == 1
        && window.strideWidth() == 1
        && Math.max(padding.top(), padding.bottom()) < slide.height()
        && Math.max(padding.left(), padding.right()) < slide.width();
  }

  private Pass ofWeights() {
    Pass pass = ofWeights;
    if (pass == null) {
      pass = pass(weightPrimitive(), dnnl.DNNL_ARG_DIFF_WEIGHTS, true);
      fastWeightGradient =
          !geometry.isDepthwise() || pass.implementation().startsWith(FAST_DEPTHWISE);
      ofWeights = pass;
    }
    return pass;
  }

  private Pass pass(Primitive primitive, int weights, boolean written) {
    return new Pass(primitive, weights, Layout.weights(geometry), written);
  }

  private Primitive forwardPrimitive() {
    int[] arguments =
        geometry.bias()
            ? new int[] {
              dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_BIAS, dnnl.DNNL_ARG_DST
            }
            : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST};
    return forwardPrimitive(geometry.input(), geometry.output(), bias(), slide, arguments);
  }

  private Primitive turnedPrimitive() {
    return forwardPrimitive(
        geometry.output(),
        geometry.input(),
        null,
        slide.turned(),
        dnnl.DNNL_ARG_SRC,
        dnnl.DNNL_ARG_WEIGHTS,
        dnnl.DNNL_ARG_DST);
  }

  private Primitive forwardPrimitive(
      Shape from, Shape to, @Nullable dnnl_memory_desc_t bias, Slide by, int... arguments) {
    var operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        () ->
            dnnl.dnnl_dilated_convolution_forward_desc_init(
                operation,
                dnnl.dnnl_forward_training,
                dnnl.dnnl_convolution_direct,
                Layout.maps(geometry.batch(), from),
                Layout.anyWeights(geometry),
                bias,
                Layout.maps(geometry.batch(), to),
                by.strides(),
                by.gaps(),
                by.before(),
                by.after()));
    return new Primitive(operation, null, arguments);
  }

  private Primitive inputPrimitive() {
    var operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        () ->
            dnnl.dnnl_dilated_convolution_backward_data_desc_init(
                operation,
                dnnl.dnnl_convolution_direct,
                Layout.maps(geometry.batch(), geometry.input()),
                Layout.anyWeights(geometry),
                Layout.maps(geometry.batch(), geometry.output()),
                slide.strides(),
                slide.gaps(),
                slide.before(),
                slide.after()));
    return new Primitive(
        operation,
        forwardPrimitive,
        dnnl.DNNL_ARG_DIFF_DST,
        dnnl.DNNL_ARG_WEIGHTS,
        dnnl.DNNL_ARG_DIFF_SRC);
  }

  private Primitive weightPrimitive() {
    var operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        () ->
            dnnl.dnnl_dilated_convolution_backward_weights_desc_init(
                operation,
                dnnl.dnnl_convolution_direct,
                Layout.maps(geometry.batch(), geometry.input()),
                Layout.anyWeights(geometry),
                bias(),
                Layout.maps(geometry.batch(), geometry.output()),
                slide.strides(),
                slide.gaps(),
                slide.before(),
                slide.after()));
    int[] arguments =
        geometry.bias()
            ? new int[] {
              dnnl.DNNL_ARG_SRC,
              dnnl.DNNL_ARG_DIFF_DST,
              dnnl.DNNL_ARG_DIFF_WEIGHTS,
              dnnl.DNNL_ARG_DIFF_BIAS
            }
            : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS};
    return new Primitive(operation, forwardPrimitive, this::staysInItsMemory, arguments);
  }

  private boolean staysInItsMemory(String weightGradient) {
    Window window = geometry.window();
    boolean skips = window.strideHeight() > 1 || window.strideWidth() > 1;
    return !skips
        || geometry.input().channels() / geometry.groups() >= LONGEST_VECTOR
        || !weightGradient.startsWith(OF_PIXELS);
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

  /** Frees what was prepared; it cannot be used after, nor closed again. */
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
}
