package org.finchnas.mobile.coreml;

import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Borders;
import org.finchnas.searchspace.network.Padding;

/** Padding in the words of Core ML: before and after the rows, before and after the columns. */
final class Edges {
  private Edges() {}

  static Borders of(Padding padding) {
    return Borders.newBuilder()
        .addEdges(Borders.Edges.newBuilder().setStart(padding.top()).setEnd(padding.bottom()))
        .addEdges(Borders.Edges.newBuilder().setStart(padding.left()).setEnd(padding.right()))
        .build();
  }
}
