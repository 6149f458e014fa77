package org.finchnas.worker.graph;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.finchnas.searchspace.network.Weight;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A node of a network as Deeplearning4j's configuration of a vertex. Immutable, and for one graph
 * only: what it makes shares gradient arrays with the graph's other vertices.
 */
final class NodeConfiguration extends GraphVertex {

  private final transient Kernel.Place place;
  private final transient GradientFlow flow;

  NodeConfiguration(Kernel.Place place, GradientFlow flow) {
    this.place = place;
    this.flow = flow;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      @Nullable INDArray parameters,
      boolean initialize,
      DataType type) {
    return new NodeVertex(graph, name, index, type, Kernels.of(place), flow, parameters);
  }

  @Override
  public long numParams(boolean backprop) {
    return place.weights().stream().mapToLong(Weight::elements).sum();
  }

  @Override
  public int minVertexInputs() {
    return place.inputs().size();
  }

  @Override
  public int maxVertexInputs() {
    return place.inputs().size();
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    throw new UnsupportedOperationException("A network knows its shapes.");
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    throw new UnsupportedOperationException("A network knows its shapes.");
  }

  @Override
  @SuppressWarnings("MissingSuperCall") // immutable
  public GraphVertex clone() {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
