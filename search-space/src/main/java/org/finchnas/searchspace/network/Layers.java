package org.finchnas.searchspace.network;

import java.util.List;

/** Checks that layers share. */
final class Layers {
  private Layers() {}

  static void requireInputs(String layer, List<Shape> inputs, int count) {
    if (inputs.size() != count) {
      throw new IllegalArgumentException(
          "A layer of kind %s takes %d inputs, not %d.".formatted(layer, count, inputs.size()));
    }
  }

  static void requireAtLeastTwo(String layer, List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException(
          "A layer of kind %s takes at least 2 inputs, not %d.".formatted(layer, inputs.size()));
    }
  }

  static Shape onlyInput(String layer, List<Shape> inputs) {
    requireInputs(layer, inputs, 1);
    return inputs.get(0);
  }

  static void requireKeep(double keep) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("Keep must be in (0, 1], but is " + keep + ".");
    }
  }
}
