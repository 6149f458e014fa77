package org.finchnas.worker.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Weight;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How a graph lays out a weight, as its channels-last operations want it: convolution {@code
 * [kernelHeight, kernelWidth, in, out]}, the same after {@code [groups]} when there are several,
 * depthwise {@code [kernelHeight, kernelWidth, in, multiplier]}, dense {@code [height * width *
 * channels, units]}. Going there from the plain shape means to split, to permute, to reshape.
 */
final class WeightLayout {

  private final long[] split;
  private final int[] permutation;
  private final long[] shape;

  private WeightLayout(long[] split, int[] permutation, long[] shape) {
    this.split = split;
    this.permutation = permutation;
    this.shape = shape;
  }

  /** The layout of a weight of a layer that reads {@code input}. */
  static WeightLayout of(Layer layer, Shape input, Weight weight) {
    if (weight.name().equals("weights")) {
      if (layer instanceof Layer.Convolution convolution) {
        return convolution(convolution, input);
      }
      if (layer instanceof Layer.Dense dense) {
        long[] split = {dense.units(), input.channels(), input.height(), input.width()};
        return new WeightLayout(
            split, new int[] {2, 3, 1, 0}, new long[] {input.elements(), dense.units()});
      }
    }
    long[] plain = weight.shape().stream().mapToLong(Integer::longValue).toArray();
    return permuted(plain, identity(plain.length));
  }

  private static WeightLayout convolution(Layer.Convolution layer, Shape input) {
    long rows = layer.window().kernelHeight();
    long columns = layer.window().kernelWidth();
    long in = input.channels() / layer.groups();
    long out = layer.filters() / layer.groups();
    if (layer.isDepthwise(input)) {
      return permuted(new long[] {layer.groups(), out, rows, columns}, new int[] {2, 3, 0, 1});
    }
    return layer.groups() == 1
        ? permuted(new long[] {out, in, rows, columns}, new int[] {2, 3, 1, 0})
        : permuted(new long[] {layer.groups(), out, in, rows, columns}, new int[] {0, 3, 4, 2, 1});
  }

  private static WeightLayout permuted(long[] split, int[] permutation) {
    return new WeightLayout(split, permutation, permute(split, permutation));
  }

  /** Views of each weight of a node in the node's part of the flat parameters. */
  static Map<String, INDArray> views(Kernel.Place place, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    INDArray vector = Ops.reshape(flat, flat.length());
    long start = 0;
    for (Weight weight : place.weights()) {
      INDArray part = vector.get(NDArrayIndex.interval(start, start + weight.elements()));
      WeightLayout layout = of(place.node().layer(), place.input(), weight);
      views.put(weight.name(), Ops.reshape(part, layout.shape));
      start += weight.elements();
    }
    return views;
  }

  INDArray toGraph(INDArray plain) {
    return Ops.reshape(Ops.reshape(plain, split).permute(permutation).dup('c'), shape);
  }

  INDArray toPlain(INDArray graph, List<Integer> plainShape) {
    int[] inverse = new int[permutation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation[i]] = i;
    }
    INDArray permuted = Ops.reshape(graph, permute(split, permutation));
    long[] plain = plainShape.stream().mapToLong(Integer::longValue).toArray();
    return Ops.reshape(permuted.permute(inverse).dup('c'), plain);
  }

  private static long[] permute(long[] sizes, int[] permutation) {
    return Arrays.stream(permutation).mapToLong(axis -> sizes[axis]).toArray();
  }

  private static int[] identity(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, axis -> axis);
    return axes;
  }
}
