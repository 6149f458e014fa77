package org.finchnas.searchspace.network;

/** Element-wise non-linearities. */
public enum ActivationFunction {
  RELU,
  RELU6,
  SIGMOID,
  /** clip(x / 6 + 1/2, 0, 1), the MobileNetV3 form; DL4J's own hard sigmoid is another one. */
  HARD_SIGMOID,
  /** x * sigmoid(x). */
  SWISH,
  /** x * HARD_SIGMOID(x). */
  HARD_SWISH
}
