package org.finchnas.worker.proxy;

import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.GraphWeights;
import org.finchnas.worker.graph.LogitSum;
import org.finchnas.worker.graph.TrainableGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Synaptic flow: Tanaka, Kunin, Yamins and Ganguli, "Pruning neural networks without any data by
 * iteratively conserving synaptic flow", arXiv 2006.05467. With all weights made positive and an
 * image of ones, R is the sum of the logits of the {@link LinearNetwork}; the flow of a weight w is
 * w times dR/dw, and the score sums it over all weights, biases (0 at first) left out.
 *
 * <p>R is about the product of the layers' widths, so it is computed in double precision, which a
 * few hundred layers do not fill, and told as a logarithm.
 */
final class SynapticFlow {

  private SynapticFlow() {}

  /**
   * @return natural logarithm of the flow; minus infinity for none
   */
  static double logarithm(Network network, long graphSeed) {
    Network linear = LinearNetwork.of(network);
    try (TrainableGraph graph =
        GraphBuilder.build(
            linear, DataType.DOUBLE, graphSeed, TrainingParams.DEFAULT, new LogitSum())) {
      INDArray parameters = graph.parameters();
      Nd4j.getExecutioner().exec(new Abs(parameters));
      Shape shape = linear.input();
      INDArray ones =
          Nd4j.ones(DataType.DOUBLE, 1, shape.height(), shape.width(), shape.channels());
      graph.computeGradients(ones, Nd4j.zeros(DataType.DOUBLE, 1, linear.classes()));
      return Math.log(flow(graph));
    }
  }

  private static double flow(TrainableGraph graph) {
    return GraphWeights.multipliers(graph).stream()
        .mapToDouble(each -> each.weights().mul(each.gradients()).sumNumber().doubleValue())
        .sum();
  }
}
