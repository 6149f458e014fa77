package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.quantization.Quantization;
import org.jspecify.annotations.Nullable;

/** How one precision stores constants, and what the bytes of values stand for. */
interface Numbers {

  /** The tensors of a convolution's constants. */
  record Constants(int weights, int bias) {}

  /**
   * Writes what a convolution multiplies by and adds.
   *
   * @param output name of what it computes
   */
  Constants filter(TfliteGraph graph, String output, Filter filter, Value in, Value out);

  /** Writes a factor for each place of a map, the same for all channels. */
  Value factors(TfliteGraph graph, String name, List<Integer> shape, float[] factors);

  /** Of the value of a node; null where values are floats. */
  default @Nullable Quantization of(int node) {
    return null;
  }

  /** Of the sum of a node's first inputs; null where values are floats. */
  default @Nullable Quantization partialSum(int node, int inputs) {
    return null;
  }

  /** Of the only values that runtimes let a sigmoid have; null where values are floats. */
  default @Nullable Quantization sigmoid() {
    return null;
  }
}
