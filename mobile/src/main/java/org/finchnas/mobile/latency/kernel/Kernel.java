package org.finchnas.mobile.latency.kernel;

/**
 * One computation that a runtime carries out at once, with its counts for one image.
 *
 * @param name of the network's node that it computes, with what follows a colon where a node takes
 *     several kernels
 * @param pixels places of the output
 * @param channels of the output, all groups together
 * @param depth values that a value of the output is computed from: inputs of a group times taps
 * @param groups 1 where all outputs read all inputs, and where each reads its own channel
 * @param inputs values read, of all maps
 * @param weights read, without the bias
 */
public record Kernel(
    String name,
    KernelKind kind,
    long pixels,
    long channels,
    long depth,
    long groups,
    long inputs,
    long weights) {

  public Kernel {
    if (pixels < 1 || channels < 1 || depth < 0 || groups < 1 || inputs < 1 || weights < 0) {
      throw new IllegalArgumentException(
          "Kernel %s (%s) has counts that no kernel has: %d pixels, %d channels, depth %d, %d groups, %d inputs, %d weights."
              .formatted(name, kind, pixels, channels, depth, groups, inputs, weights));
    }
  }

  /** A kernel without weights and windows. */
  static Kernel plain(String name, KernelKind kind, long pixels, long channels, long inputs) {
    return new Kernel(name, kind, pixels, channels, 0, 1, inputs, 0);
  }

  /** Values written. */
  public long outputs() {
    return pixels * channels;
  }

  /** Multiply-accumulates, as they are counted everywhere: nothing is rounded up. */
  public long macs() {
    return outputs() * depth;
  }

  /** Multiply-accumulates in whole tiles. */
  long macs(Tile tile) {
    return switch (kind) {
      case POINTWISE, CONVOLUTION_3X3, CONVOLUTION, GROUPED ->
          tile.pixels(pixels) * groups * tile.channels(channels / groups) * depth;
      case DEPTHWISE, DEPTHWISE_LARGE, MAX_POOLING, AVERAGE_POOLING ->
          pixels * tile.channels(channels) * depth;
      case SCALE,
          DENSE,
          GLOBAL_POOLING,
          ELEMENTWISE,
          ACTIVATION,
          EXPONENTIAL,
          CONCAT,
          COPY,
          SHUFFLE ->
          macs();
    };
  }
}
