package org.finchnas.mobile.tflite.graph;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.tensorflow.lite.schema.BuiltinOperator;

/** Cuts maps: for the shift of an image, and for the maximum over windows with holes. */
final class Slices {

  private final TfliteGraph graph;
  private final Windows windows;

  Slices(TfliteGraph graph) {
    this.graph = graph;
    this.windows = new Windows(graph);
  }

  /** Pads before it cuts, so that an image of one row or column never becomes empty. */
  Value shift(String name, Value input) {
    Value padded = windows.pad(name + ":padded", input, new Padding(0, 0, 1, 1));
    Shape map = input.map();
    Value shifted = graph.value(name, input.shape(), input.quantization());
    graph.operator(
        Operation.plain(BuiltinOperator.SLICE, input.isInt8()),
        shifted.tensor(),
        padded.tensor(),
        graph.ints(name + ":begin", List.of(4), 0, 1, 1, 0),
        graph.ints(name + ":size", List.of(4), 1, map.height(), map.width(), map.channels()));
    return shifted;
  }

  /** Where a cut begins and how far apart its rows and columns are. */
  private record Cut(int row, int column, int rowStride, int columnStride) {}

  /** The largest of cuts of the image: first along the rows, then along the columns. */
  Value dilatedMaximum(String name, Value input, Window window) {
    Shape out = window.slideOver(input.map());
    Value padded =
        window.padding().equals(Padding.NONE)
            ? input
            : windows.padWithLowest(name + ":padded", input, window.padding());
    List<Cut> columns = new ArrayList<>();
    for (int i = 0; i < window.kernelWidth(); i++) {
      columns.add(new Cut(0, i * window.dilation(), 1, window.strideWidth()));
    }
    Shape high = new Shape(out.channels(), padded.map().height(), out.width());
    Value ofRows = largest(name + ":of_rows", padded, columns, high);
    List<Cut> rows = new ArrayList<>();
    for (int i = 0; i < window.kernelHeight(); i++) {
      rows.add(new Cut(i * window.dilation(), 0, window.strideHeight(), 1));
    }
    return largest(name, ofRows, rows, out);
  }

  private Value largest(String name, Value input, List<Cut> cuts, Shape out) {
    Value largest = cut(name + ":cut_0", input, cuts.get(0), out);
    for (int i = 1; i < cuts.size(); i++) {
      Value next = cut(name + ":cut_" + i, input, cuts.get(i), out);
      String larger = i == cuts.size() - 1 ? name : name + ":largest_" + i;
      Value both = graph.value(larger, next.shape(), input.quantization());
      graph.operator(
          Operation.plain(BuiltinOperator.MAXIMUM, input.isInt8()),
          both.tensor(),
          largest.tensor(),
          next.tensor());
      largest = both;
    }
    return largest;
  }

  private Value cut(String name, Value input, Cut cut, Shape out) {
    Value result = graph.value(name, Value.shape(out), input.quantization());
    int lastRow = cut.row() + (out.height() - 1) * cut.rowStride() + 1;
    int lastColumn = cut.column() + (out.width() - 1) * cut.columnStride() + 1;
    graph.operator(
        Operation.stridedSlice(input.isInt8()),
        result.tensor(),
        input.tensor(),
        graph.ints(name + ":begin", List.of(4), 0, cut.row(), cut.column(), 0),
        graph.ints(name + ":end", List.of(4), 1, lastRow, lastColumn, out.channels()),
        graph.ints(name + ":strides", List.of(4), 1, cut.rowStride(), cut.columnStride(), 1));
    return result;
  }
}
