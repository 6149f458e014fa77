package org.finchnas.mobile.tflite.graph;

import java.util.List;
import org.finchnas.mobile.graph.TapCount;
import org.finchnas.mobile.quantization.Quantization;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * Pools of any window. Those of TensorFlow Lite have no dilation and only paddings that have a
 * name; XNNPACK takes none that skips pixels without looking at them, and no average of bytes.
 */
final class Pools {

  private final TfliteGraph graph;
  private final Windows windows;
  private final Slices slices;
  private final Convolutions convolutions;
  private final Numbers numbers;

  Pools(TfliteGraph graph, Numbers numbers) {
    this.graph = graph;
    this.windows = new Windows(graph);
    this.slices = new Slices(graph);
    this.convolutions = new Convolutions(graph, numbers);
    this.numbers = numbers;
  }

  /**
   * @param quantization of the mean
   */
  Value average(String name, Value input, Window window, @Nullable Quantization quantization) {
    boolean skipping = window.kernelHeight() == 1 && window.kernelWidth() == 1;
    if (input.isInt8()
        || skipping
        || window.dilation() > 1
        || !Windows.isNamed(window, input.map())) {
      return averageByConvolution(name, input, window, quantization);
    }
    Value pooled = graph.value(name, Value.shape(window.slideOver(input.map())), null);
    Windows.Placed placed = windows.place(name, input, window);
    graph.operator(
        Operation.pool(BuiltinOperator.AVERAGE_POOL_2D, window, placed.padding(), false),
        pooled.tensor(),
        input.tensor());
    return pooled;
  }

  /** The mean with zeros as padding; then those that saw padding are made larger. */
  private Value averageByConvolution(
      String name, Value input, Window window, @Nullable Quantization quantization) {
    Shape out = window.slideOver(input.map());
    Filter mean = Filter.average(window, out.channels());
    float[] corrections = TapCount.of(window, input.map(), out);
    int taps = window.kernelHeight() * window.kernelWidth();
    boolean padded = false;
    for (int i = 0; i < corrections.length; i++) {
      padded |= corrections[i] < taps;
      corrections[i] = taps / corrections[i];
    }
    Value pooled =
        convolutions.write(
            padded ? name + ":zero_padded" : name,
            input,
            mean,
            window,
            ActivationFunctionType.NONE,
            quantization);
    if (!padded) {
      return pooled;
    }
    List<Integer> map = List.of(1, out.height(), out.width(), 1);
    Value factors = numbers.factors(graph, name + ":corrections", map, corrections);
    Value corrected = graph.value(name, pooled.shape(), pooled.quantization());
    Products.write(graph, pooled, factors, corrected, ActivationFunctionType.NONE);
    return corrected;
  }

  Value maximum(String name, Value input, Window window) {
    boolean skipping = window.kernelHeight() == 1 && window.kernelWidth() == 1;
    if (skipping && window.padding().equals(Padding.NONE)) {
      return averageByConvolution(name, input, window, input.quantization());
    }
    if (window.dilation() > 1) {
      return slices.dilatedMaximum(name, input, window);
    }
    Shape out = window.slideOver(input.map());
    Value pooled = graph.value(name, Value.shape(out), input.quantization());
    Windows.Placed placed = windows.placeForMaximum(name, input, window);
    graph.operator(
        Operation.pool(BuiltinOperator.MAX_POOL_2D, window, placed.padding(), input.isInt8()),
        pooled.tensor(),
        placed.input().tensor());
    return pooled;
  }
}
