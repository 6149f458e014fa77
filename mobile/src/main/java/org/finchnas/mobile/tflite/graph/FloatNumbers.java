package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.quantization.HalfPrecision;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

/**
 * Values in single precision.
 *
 * @param halves whether what was trained is stored in half precision and made single when the file
 *     is loaded: biases too, for XNNPACK takes a convolution whose weights alone are halves as none
 *     of its own
 */
record FloatNumbers(boolean halves) implements Numbers {

  private static final int FROM_HALF = 3;

  @Override
  public Constants filter(TfliteGraph graph, String output, Filter filter, Value in, Value out) {
    boolean half = halves && filter.learned();
    return new Constants(
        floats(graph, output + ":weights", filter.shape(), filter.weights(), half),
        floats(graph, output + ":bias", List.of(filter.outputs()), filter.bias(), half));
  }

  private static int floats(
      TfliteGraph graph, String name, List<Integer> shape, float[] values, boolean half) {
    if (!half) {
      return graph.floats(name, shape, values);
    }
    byte[] bytes = HalfPrecision.bytes(values);
    int stored = graph.constant(name + ":half", shape, TensorType.FLOAT16, bytes);
    Value widened = graph.value(name, shape, null);
    Operation widen = new Operation(BuiltinOperator.DEQUANTIZE, FROM_HALF, null);
    graph.operator(widen, widened.tensor(), stored);
    return widened.tensor();
  }

  @Override
  public Value factors(TfliteGraph graph, String name, List<Integer> shape, float[] factors) {
    return new Value(graph.floats(name, shape, factors), shape, null);
  }
}
