package org.finchnas.mobile.latency.kernel;

import java.util.Locale;

/** A count of a kernel that takes time: each has a price on a device. */
public enum Feature {
  /** 1: what a kernel takes however small it is. */
  FIXED,

  /** Multiply-accumulates, or taps of a pool, in whole tiles of the device. */
  MACS,

  /** Places of the output, all channels together. */
  PLACES,

  /** Taps at all places, all channels together: what a window must find before it computes. */
  TAPS,

  /** Values read, each once. */
  INPUTS,

  /** Values read by a sliding window, each as often as it is under it. */
  GATHERED,

  /** Values written. */
  OUTPUTS,

  /** Weights read, each once. */
  WEIGHTS,

  /** Groups, each a kernel in the kernel. */
  GROUPS;

  /** How much of it a kernel has. */
  public double of(Kernel kernel, Tile tile) {
    return switch (this) {
      case FIXED -> 1;
      case MACS -> kernel.macs(tile);
      case PLACES -> kernel.pixels();
      case TAPS -> (double) kernel.pixels() * kernel.depth();
      case INPUTS -> kernel.inputs();
      case GATHERED -> (double) kernel.pixels() * kernel.depth() * kernel.groups();
      case OUTPUTS -> kernel.outputs();
      case WEIGHTS -> kernel.weights();
      case GROUPS -> kernel.groups();
    };
  }

  /** Its name in profiles. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
