package org.finchnas.mobile.latency.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.finchnas.searchspace.DidYouMean;

/** What a kernel computes, and what its time is made of. */
public enum KernelKind {
  /** A 1x1 convolution of stride 1 over more than one pixel: a product of two matrices. */
  POINTWISE,

  /** A 3x3 convolution of stride 1, which some runtimes compute by Winograd's method. */
  CONVOLUTION_3X3,

  /** Any other convolution whose outputs read all inputs. */
  CONVOLUTION,

  /** A convolution in groups, each of more than one channel. */
  GROUPED,

  /** A convolution of each channel on its own, of at most 25 taps. */
  DEPTHWISE,

  /** The same with more taps, which runtimes have no fast kernel for. */
  DEPTHWISE_LARGE,

  /** A scale and an offset for each channel. */
  SCALE,

  /** A matrix times a vector. */
  DENSE,

  /** The maximum over a window. */
  MAX_POOLING,

  /** The mean over a window. */
  AVERAGE_POOLING,

  /** The mean of each channel. */
  GLOBAL_POOLING,

  /** A sum, a product or the larger of two maps. */
  ELEMENTWISE,

  /** A non-linearity of comparisons and products, not part of another kernel. */
  ACTIVATION,

  /** A non-linearity with an exponential in it. */
  EXPONENTIAL,

  /** Maps joined channel after channel. */
  CONCAT,

  /** Rows and columns added or cut away. */
  COPY,

  /** Channels brought into another order. */
  SHUFFLE;

  /** What its time is a sum over. */
  public List<Feature> features() {
    return switch (this) {
      case POINTWISE, CONVOLUTION_3X3 ->
          List.of(Feature.FIXED, Feature.MACS, Feature.INPUTS, Feature.OUTPUTS, Feature.WEIGHTS);
      case CONVOLUTION ->
          List.of(Feature.FIXED, Feature.MACS, Feature.GATHERED, Feature.OUTPUTS, Feature.WEIGHTS);
      case GROUPED ->
          List.of(Feature.FIXED, Feature.GROUPS, Feature.MACS, Feature.GATHERED, Feature.OUTPUTS);
      case DEPTHWISE, DEPTHWISE_LARGE, MAX_POOLING, AVERAGE_POOLING ->
          List.of(
              Feature.FIXED,
              Feature.PLACES,
              Feature.TAPS,
              Feature.MACS,
              Feature.INPUTS,
              Feature.OUTPUTS);
      case DENSE -> List.of(Feature.FIXED, Feature.WEIGHTS);
      case GLOBAL_POOLING -> List.of(Feature.FIXED, Feature.INPUTS);
      case ELEMENTWISE -> List.of(Feature.FIXED, Feature.INPUTS, Feature.OUTPUTS);
      case SCALE, ACTIVATION, EXPONENTIAL, CONCAT, COPY, SHUFFLE ->
          List.of(Feature.FIXED, Feature.OUTPUTS);
    };
  }

  /** Whether its taps are multiplied: what everybody counts as multiply-accumulates. */
  public boolean hasMacs() {
    return switch (this) {
      case POINTWISE, CONVOLUTION_3X3, CONVOLUTION, GROUPED, DEPTHWISE, DEPTHWISE_LARGE, DENSE ->
          true;
      case SCALE,
          MAX_POOLING,
          AVERAGE_POOLING,
          GLOBAL_POOLING,
          ELEMENTWISE,
          ACTIVATION,
          EXPONENTIAL,
          CONCAT,
          COPY,
          SHUFFLE ->
          false;
    };
  }

  /** Its name in profiles and answers. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such kind; says the nearest
   */
  public static KernelKind ofToken(String token) {
    return Arrays.stream(values())
        .filter(kind -> kind.token().equals(token))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no kernel \"%s\". %s"
                        .formatted(
                            token,
                            DidYouMean.sentence(
                                token, Arrays.stream(values()).map(KernelKind::token).toList()))));
  }
}
