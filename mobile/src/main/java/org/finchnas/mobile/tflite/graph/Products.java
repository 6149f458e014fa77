package org.finchnas.mobile.tflite.graph;

import org.finchnas.mobile.quantization.Quantization;

/**
 * Writes products of two values, of which one may be the same for all rows, columns or channels.
 */
final class Products {

  private Products() {}

  static void write(TfliteGraph graph, Value left, Value right, Value product, byte activation) {
    graph.operator(
        Operation.multiply(activation, version(left, right, product)),
        product.tensor(),
        left.tensor(),
        right.tensor());
  }

  /** Products of bytes whose scale grows are younger than those whose scale shrinks. */
  private static int version(Value left, Value right, Value product) {
    Quantization a = left.quantization();
    Quantization b = right.quantization();
    Quantization c = product.quantization();
    if (a == null || b == null || c == null) {
      return 1;
    }
    return a.scale() * b.scale() / c.scale() >= 1 ? 3 : 2;
  }
}
