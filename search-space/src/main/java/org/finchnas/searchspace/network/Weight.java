package org.finchnas.searchspace.network;

import java.util.List;

/**
 * One named array a layer needs.
 *
 * @param name the array's name inside its node, such as {@code weights} or {@code gamma}
 * @param shape convolution {@code [out, in / groups, kernelHeight, kernelWidth]}, dense {@code
 *     [units, inputs]} (inputs in channel, row, column order), all others {@code [channels]}
 * @param trainable false for batch statistics
 */
public record Weight(String name, List<Integer> shape, boolean trainable) {

  public Weight {
    shape = List.copyOf(shape);
  }

  public long elements() {
    long elements = 1;
    for (int size : shape) {
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }
}
