package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.ActivationFunction;
import org.jspecify.annotations.Nullable;

/**
 * The range that values are cut to: that of ReLU, of ReLU6, or everything.
 *
 * <p>Written with minimum, maximum and products, which the compiler turns into vector instructions;
 * a comparison it does not.
 */
record Clip(float low, float high) {

  private static final float HUGE = 1e38f;

  static final Clip NONE = new Clip(-Float.MAX_VALUE, Float.MAX_VALUE);
  static final Clip RELU = new Clip(0, Float.MAX_VALUE);
  static final Clip RELU6 = new Clip(0, 6);

  /** Whether the function is nothing but a range. */
  static boolean isClip(ActivationFunction function) {
    return function == ActivationFunction.RELU || function == ActivationFunction.RELU6;
  }

  /** The range of a function for which {@link #isClip} holds; without a function, everything. */
  static Clip of(@Nullable ActivationFunction function) {
    if (function == null) {
      return NONE;
    }
    return function == ActivationFunction.RELU ? RELU : RELU6;
  }

  /** The value inside the range. */
  static float cut(float value, float low, float high) {
    return Math.min(high, Math.max(low, value));
  }

  /** 1 strictly between the limits, 0 elsewhere; the products make a 1 of the smallest distance. */
  static float slope(float value, float low, float high) {
    return Math.min(1, Math.max(0, (value - low) * (high - value)) * HUGE * HUGE);
  }
}
