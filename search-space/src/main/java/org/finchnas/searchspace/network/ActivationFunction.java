package org.finchnas.searchspace.network;

import java.util.Locale;

/** Element-wise non-linearities. */
public enum ActivationFunction {
  RELU,
  /** x where it is positive, else x / 10, as in Darknet. */
  LEAKY_RELU,
  RELU6,
  SIGMOID,
  /** clip(x / 6 + 1/2, 0, 1), the MobileNetV3 form; DL4J's own hard sigmoid is another one. */
  HARD_SIGMOID,
  /** x * sigmoid(x). */
  SWISH,
  /** x * HARD_SIGMOID(x). */
  HARD_SWISH;

  /** The slope of {@link #LEAKY_RELU} below 0. */
  public static final double LEAK = 0.1;

  /** Its name in files, notations and node names. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
