package org.finchnas.worker.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A node of a network inside a Deeplearning4j graph: moves arrays between the graph and a kernel.
 */
@SuppressWarnings(
    "overrides") // Lombok gave the superclass a setInputs without the dots of its interface
final class NodeVertex extends BaseGraphVertex {

  private final Kernel kernel;
  private final GradientFlow flow;
  private final @Nullable INDArray parameters;
  private @Nullable INDArray gradients;
  private @Nullable INDArray output;

  NodeVertex(
      ComputationGraph graph,
      String name,
      int index,
      DataType type,
      Kernel kernel,
      GradientFlow flow,
      @Nullable INDArray parameters) {
    super(graph, name, index, null, null, type);
    this.kernel = kernel;
    this.flow = flow;
    this.parameters = parameters;
    if (parameters != null) {
      WeightLayout.views(kernel.place(), parameters).forEach(kernel::bindWeight);
    }
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray result = kernel.output(inputs, training);
    kernel.forward(inputs, result, training);
    output = result;
    return isLast() ? Ops.reshape(result, result.size(0), result.size(3)) : result;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray result = Objects.requireNonNull(output, "backward before forward");
    INDArray own = isLast() ? Ops.reshape(epsilon, result.shape()) : epsilon;
    GradientFlow.Step step = flow.enter(this, own);
    INDArray[] gradientsOfInputs = kernel.backward(inputs, result, own, step);
    flow.leave(step, gradientsOfInputs);
    return Pair.of(new DefaultGradient(), gradientsOfInputs);
  }

  /** The vertex that an input comes from. */
  GraphVertex source(int input) {
    return graph.getVertices()[inputVertices[input].getVertexIndex()];
  }

  long[] inputShape(int input) {
    return inputs[input].shape();
  }

  /** What the last backward pass left for a weight. */
  INDArray gradient(String weight) {
    return kernel.gradient(weight);
  }

  private boolean isLast() {
    return kernel.place().last();
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    WeightLayout.views(kernel.place(), view).forEach(kernel::bindGradient);
  }

  @Override
  public @Nullable INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return new LinkedHashMap<>(kernel.weights());
  }

  @Override
  public @Nullable INDArray params() {
    return parameters;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(getVertexName(), kernel.place().node().layer());
  }
}
