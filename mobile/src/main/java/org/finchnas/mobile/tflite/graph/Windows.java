package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.quantization.Quantization;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

/**
 * Padding that TensorFlow Lite has no name for becomes an operator of its own: it knows SAME and
 * VALID only.
 */
final class Windows {

  private final TfliteGraph graph;

  Windows(TfliteGraph graph) {
    this.graph = graph;
  }

  /**
   * What a window slides over.
   *
   * @param padding of the schema
   */
  record Placed(Value input, byte padding) {}

  static boolean isNamed(Window window, Shape in) {
    return window.isSame(in) || window.padding().equals(Padding.NONE);
  }

  /** Pads with zeros where padding has no name. */
  Placed place(String name, Value input, Window window) {
    return isNamed(window, input.map())
        ? named(input, window)
        : valid(pad(name + ":padded", input, window.padding()));
  }

  /** Pads with what never is a maximum where padding has no name. */
  Placed placeForMaximum(String name, Value input, Window window) {
    return isNamed(window, input.map())
        ? named(input, window)
        : valid(padWithLowest(name + ":padded", input, window.padding()));
  }

  private static Placed named(Value input, Window window) {
    boolean same = window.isSame(input.map());
    return new Placed(
        input,
        same ? org.tensorflow.lite.schema.Padding.SAME : org.tensorflow.lite.schema.Padding.VALID);
  }

  private static Placed valid(Value padded) {
    return new Placed(padded, org.tensorflow.lite.schema.Padding.VALID);
  }

  Value pad(String name, Value input, Padding padding) {
    Value padded = padded(name, input, padding);
    graph.operator(
        Operation.plain(BuiltinOperator.PAD, input.isInt8()),
        padded.tensor(),
        input.tensor(),
        amounts(name, padding));
    return padded;
  }

  Value padWithLowest(String name, Value input, Padding padding) {
    Value padded = padded(name, input, padding);
    graph.operator(
        Operation.plain(BuiltinOperator.PADV2, input.isInt8()),
        padded.tensor(),
        input.tensor(),
        amounts(name, padding),
        lowest(name + ":lowest", input));
    return padded;
  }

  private int lowest(String name, Value input) {
    Quantization quantization = input.quantization();
    if (quantization == null) {
      return graph.floats(name, List.of(1), -Float.MAX_VALUE);
    }
    int lowest = graph.constant(name, List.of(1), TensorType.INT8, new byte[] {Byte.MIN_VALUE});
    graph.quantize(lowest, quantization);
    return lowest;
  }

  private Value padded(String name, Value input, Padding padding) {
    Shape map = input.map();
    Shape larger =
        new Shape(
            map.channels(),
            map.height() + padding.top() + padding.bottom(),
            map.width() + padding.left() + padding.right());
    return graph.value(name, Value.shape(larger), input.quantization());
  }

  private int amounts(String name, Padding padding) {
    return graph.ints(
        name + ":amounts",
        List.of(4, 2),
        0,
        0,
        padding.top(),
        padding.bottom(),
        padding.left(),
        padding.right(),
        0,
        0);
  }
}
