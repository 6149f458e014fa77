package org.finchnas.mobile.latency.kernel;

/** In which form a network reaches a runtime: that decides which kernels it is. */
public enum KernelForm {
  /**
   * The network alone, as published latencies are measured: images come normalised, every window
   * pads by itself, and each layer is one kernel.
   */
  NETWORK,

  /**
   * The TFLite file that Finch writes: it normalises, pads apart where TensorFlow Lite has no name
   * for the padding, and composes what that has no operator for.
   */
  TFLITE_FILE
}
