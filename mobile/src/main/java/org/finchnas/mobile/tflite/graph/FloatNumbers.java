package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.quantization.HalfPrecision;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

/**
 * Values in single precision.
 *
 * @param halfWeights whether what was trained is stored in half precision and made single when the
 *     file is loaded. Biases stay single: the operator that widens them is larger than what it
 *     saves.
 */
record FloatNumbers(boolean halfWeights) implements Numbers {

  private static final int FROM_HALF = 3;

  @Override
  public Constants filter(TfliteGraph graph, String output, Filter filter, Value in, Value out) {
    String name = output + ":weights";
    int weights =
        halfWeights && filter.learned()
            ? half(graph, name, filter)
            : graph.floats(name, filter.shape(), filter.weights());
    int bias = graph.floats(output + ":bias", List.of(filter.outputs()), filter.bias());
    return new Constants(weights, bias);
  }

  private static int half(TfliteGraph graph, String name, Filter filter) {
    byte[] halves = HalfPrecision.bytes(filter.weights());
    int stored = graph.constant(name + ":half", filter.shape(), TensorType.FLOAT16, halves);
    Value widened = graph.value(name, filter.shape(), null);
    Operation widen = new Operation(BuiltinOperator.DEQUANTIZE, FROM_HALF, null);
    graph.operator(widen, widened.tensor(), stored);
    return widened.tensor();
  }

  @Override
  public Value factors(TfliteGraph graph, String name, List<Integer> shape, float[] factors) {
    return new Value(graph.floats(name, shape, factors), shape, null);
  }
}
