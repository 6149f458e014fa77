package org.finchnas.worker.graph;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Turns a network into a Deeplearning4j graph, vertex by vertex. */
public final class GraphBuilder {
  private GraphBuilder() {}

  /**
   * A graph with fresh weights: convolutions and dense layers normal with variance 2 / fan-in (He
   * et al., arXiv 1502.01852; fan-in = kernel area times input channels of one group), biases 0,
   * scales 1. Each node draws from a seed made of {@code seed} and its name.
   *
   * @param type float to train, double to check gradients
   * @throws IllegalArgumentException if the network does not end in one value a class
   */
  public static TrainableGraph build(
      Network network, DataType type, long seed, TrainingParams params) {
    return build(network, type, seed, params, new SoftmaxCrossEntropy());
  }

  /** The same with another loss of the logits. */
  public static TrainableGraph build(
      Network network, DataType type, long seed, TrainingParams params, ILossFunction loss) {
    return build(network, GraphMemory.of(type), seed, params, loss);
  }

  /** The same with the kernels that the memory allows. */
  static TrainableGraph build(
      Network network, GraphMemory memory, long seed, TrainingParams params, ILossFunction loss) {
    Shape output = network.output().shape();
    if (output.height() != 1 || output.width() != 1) {
      throw new IllegalArgumentException(
          "Finch trains classifiers, which end in one value a class, but %s ends in %s, as networks that label pixels do. It can be described, counted and drawn; to train one of your own, pool before the last layer."
              .formatted(network.name(), output));
    }
    TrainingProgress progress = new TrainingProgress(seed, params.dropPathKeep());
    ComputationGraph graph = new ComputationGraph(configuration(network, memory, progress, loss));
    graph.init();
    // For whoever started this process without OMP_NUM_THREADS=1; one thread also fixes every sum.
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    graph.initGradientsView();
    WeightInitializer.fill(network, graph, seed);
    return new TrainableGraph(network, graph, memory, progress, params);
  }

  private static ComputationGraphConfiguration configuration(
      Network network, GraphMemory memory, TrainingProgress progress, ILossFunction function) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(memory.type())
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .miniBatch(false)
            .graphBuilder()
            .addInputs(network.nodes().get(0).name());
    GradientFlow flow = new GradientFlow(memory);
    Vertices vertices = new Vertices(network);
    for (Node node : vertices.nodes()) {
      Kernel.Place place =
          new Kernel.Place(
              node,
              network.inputShapes(node),
              network.weights(node),
              memory,
              progress,
              vertices.activation(node),
              node.equals(network.output()));
      builder.addVertex(node.name(), new NodeConfiguration(place, flow), vertices.inputs(node));
    }
    LossLayer loss = new LossLayer.Builder(function).activation(Activation.IDENTITY).build();
    return builder
        .addLayer(TrainableGraph.LOSS, loss, network.output().name())
        .setOutputs(TrainableGraph.LOSS)
        .build();
  }
}
