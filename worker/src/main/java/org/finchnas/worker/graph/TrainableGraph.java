package org.finchnas.worker.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as a graph that can learn: one call a step. Images are {@code [batch, height, width,
 * channels]} in C order, already normalised; labels {@code [batch, classes]} are probabilities, or
 * such times what an image counts.
 *
 * <p>The update is SGD with classical momentum: {@code v = momentum * v + g + weightDecay * w; w -=
 * rate * v}, with {@code g} scaled down to the clip norm; decay is for convolution and dense
 * weights only. One thread at a time may use a graph.
 */
public final class TrainableGraph implements AutoCloseable {

  static final String LOSS = "finch/loss";

  private final Network network;
  private final ComputationGraph graph;
  private final GraphMemory memory;
  private final TrainingProgress progress;
  private final MomentumUpdate update;

  TrainableGraph(
      Network network,
      ComputationGraph graph,
      GraphMemory memory,
      TrainingProgress progress,
      TrainingParams params) {
    this.network = network;
    this.memory = memory;
    this.graph = graph;
    this.progress = progress;
    this.update = new MomentumUpdate(network, graph, params);
  }

  public Network network() {
    return network;
  }

  /** The graph itself; its output are logits. */
  public ComputationGraph graph() {
    return graph;
  }

  /** What to tell before each step. */
  public TrainingProgress progress() {
    return progress;
  }

  /**
   * One training step.
   *
   * @return the mean loss of the batch before the step; not finite if the training has diverged,
   *     and then the weights are left as they were, but for batch statistics
   */
  public double step(INDArray images, INDArray labels, double learningRate) {
    double loss = computeGradients(images, labels);
    if (Double.isFinite(loss)) {
      update.apply(learningRate);
    }
    return loss;
  }

  /**
   * Forward and backward without an update; the gradients are in the graph.
   *
   * @return the mean loss of the batch
   */
  public double computeGradients(INDArray images, INDArray labels) {
    graph.setInput(0, images);
    graph.setLabel(0, labels);
    graph.computeGradientAndScore();
    return graph.score();
  }

  /** Logits {@code [batch, classes]} of images, without dropout and with running statistics. */
  public INDArray logits(INDArray images) {
    return graph.output(false, images)[0];
  }

  /**
   * What each node computes of images as in training, by name: {@code [batch, height, width,
   * channels]}, good until the graph computes again. A batch normalisation that computes the ReLU
   * behind it has that one's values. Moves batch statistics.
   */
  public Map<String, INDArray> activations(INDArray images) {
    Map<String, INDArray> ofVertices = graph.feedForward(new INDArray[] {images}, true);
    Vertices vertices = new Vertices(network);
    Map<String, INDArray> ofNodes = new HashMap<>();
    for (Node node : network.nodes()) {
      INDArray values = ofVertices.get(vertices.source(node).name());
      ofNodes.put(node.name(), Objects.requireNonNull(values, node.name()));
    }
    return ofNodes;
  }

  /**
   * What one node computes of images as in {@link #logits}: {@code [batch, height, width,
   * channels]}, good until the graph computes again.
   */
  public INDArray values(Node node, INDArray images) {
    String vertex = new Vertices(network).source(node).name();
    INDArray values = graph.feedForward(new INDArray[] {images}, false).get(vertex);
    return Objects.requireNonNull(values, vertex);
  }

  /** Weights and batch statistics as one row; a checkpoint saves it and assigns to it. */
  public INDArray parameters() {
    return graph.params();
  }

  /** The momentum's running sum, laid out as {@link #parameters}; part of a checkpoint. */
  public INDArray velocity() {
    return update.velocity();
  }

  /** Frees the graph's arrays; it cannot be used after. */
  @Override
  public void close() {
    memory.freeAll();
  }
}
