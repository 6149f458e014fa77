package org.finchnas.mobile.tflite.graph;

import org.finchnas.mobile.quantization.Quantization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;

/** Writes convolutions of all kinds, and what is computed as one. */
final class Convolutions {

  private final TfliteGraph graph;
  private final Windows windows;
  private final Numbers numbers;

  Convolutions(TfliteGraph graph, Numbers numbers) {
    this.graph = graph;
    this.windows = new Windows(graph);
    this.numbers = numbers;
  }

  /**
   * @param name of the output
   * @param activation what it ends in, of the schema
   * @param quantization of the output
   */
  Value write(
      String name,
      Value input,
      Filter filter,
      Window window,
      byte activation,
      @Nullable Quantization quantization) {
    Windows.Placed placed = windows.place(name, input, window);
    Shape out = window.slideOver(input.map()).withChannels(filter.outputs());
    Value output = graph.value(name, Value.shape(out), quantization);
    Numbers.Constants constants = numbers.filter(graph, name, filter, input, output);
    graph.operator(
        operation(filter, input, window, placed.padding(), activation),
        output.tensor(),
        placed.input().tensor(),
        constants.weights(),
        constants.bias());
    return output;
  }

  private static Operation operation(
      Filter filter, Value input, Window window, byte padding, byte activation) {
    int channels = input.map().channels();
    if (filter.depthwise()) {
      int multiplier = filter.outputs() / channels;
      return Operation.depthwise(window, padding, activation, multiplier, input.isInt8());
    }
    boolean grouped = filter.shape().get(3) < channels;
    return Operation.convolution(window, padding, activation, grouped, input.isInt8());
  }
}
