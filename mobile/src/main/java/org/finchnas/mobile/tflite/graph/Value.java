package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.quantization.Quantization;
import org.finchnas.searchspace.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that an operator computes.
 *
 * @param tensor its index in the file
 * @param shape all dimensions; of a map {@code 1, height, width, channels}
 * @param quantization what its bytes stand for, or null where it holds floats
 */
record Value(int tensor, List<Integer> shape, @Nullable Quantization quantization) {

  Value {
    shape = List.copyOf(shape);
  }

  boolean isInt8() {
    return quantization != null;
  }

  /** The shape of a map. */
  Shape map() {
    return new Shape(shape.get(3), shape.get(1), shape.get(2));
  }

  static List<Integer> shape(Shape map) {
    return List.of(1, map.height(), map.width(), map.channels());
  }
}
