package org.finchnas.worker.graph;

import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** SGD with classical momentum, weight decay and clipping by the norm of all gradients together. */
final class MomentumUpdate {

  private final ComputationGraph graph;
  private final TrainingParams params;
  private final INDArray velocity;
  private final INDArray scratch;

  /** The weight decay of each parameter. */
  private final INDArray decay;

  MomentumUpdate(Network network, ComputationGraph graph, TrainingParams params) {
    this.graph = graph;
    this.params = params;
    velocity = Nd4j.zerosLike(graph.params());
    scratch = Nd4j.zerosLike(graph.params());
    decay = decayOfEach(network, graph, params.weightDecay());
  }

  private static INDArray decayOfEach(Network network, ComputationGraph graph, double weightDecay) {
    INDArray weights = graph.params().dup();
    graph.params().assign(0);
    for (Node node : network.nodes()) {
      if (network.weights(node).stream().anyMatch(weight -> weight.name().equals("weights"))) {
        INDArray decaying = graph.getVertex(node.name()).paramTable(false).get("weights");
        Objects.requireNonNull(decaying, node.name()).assign(weightDecay);
      }
    }
    INDArray decay = graph.params().dup();
    graph.params().assign(weights);
    return decay;
  }

  INDArray velocity() {
    return velocity;
  }

  void apply(double learningRate) {
    INDArray gradients = graph.getFlattenedGradients().reshape(velocity.shape());
    double clip = params.gradientClip();
    double norm = clip > 0 ? gradients.norm2Number().doubleValue() : 0;
    if (clip > 0 && norm > clip) {
      gradients.muli(clip / norm);
    }
    velocity.muli(params.momentum()).addi(gradients);
    velocity.addi(decay.mul(graph.params(), scratch));
    graph.params().subi(velocity.mul(learningRate, scratch));
  }
}
