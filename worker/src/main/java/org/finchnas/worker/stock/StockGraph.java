package org.finchnas.worker.stock;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A graph of stock layers that is being put together, with the values of its parameters. */
final class StockGraph {

  static final String OUTPUT = "output";

  private final ComputationGraphConfiguration.GraphBuilder builder;
  private final List<Parameter> parameters = new ArrayList<>();

  /** The value of one parameter of one layer. */
  private record Parameter(String layer, String key, INDArray value) {}

  private StockGraph(String input) {
    builder =
        new NeuralNetConfiguration.Builder()
            .activation(Activation.IDENTITY)
            .updater(new Sgd(0.01))
            .graphBuilder()
            .addInputs(input);
  }

  /** The whole network; its output are probabilities. */
  static ComputationGraph of(TrainedNetwork trained) {
    Network network = trained.network();
    Node last = network.output();
    StockGraph graph = new StockGraph(network.nodes().get(0).name());
    List<String> names = new ArrayList<>();
    boolean classifier = last.layer() instanceof org.finchnas.searchspace.network.Layer.Dense;
    List<Node> nodes = network.nodes();
    for (Node node : classifier ? nodes.subList(0, nodes.size() - 1) : nodes) {
      List<String> inputs = node.inputs().stream().map(names::get).toList();
      names.add(node.layer().match(new StockLayers(graph, trained, node, inputs)));
    }
    if (classifier) {
      graph.addClassifier(trained, names.get(last.inputs().get(0)));
    } else {
      graph.addSoftmax(last.shape(), names.get(last.index()));
    }
    return graph.build();
  }

  private void addClassifier(TrainedNetwork trained, String input) {
    Node last = trained.network().output();
    Shape shape = trained.network().inputShapes(last).get(0);
    boolean bias = ((org.finchnas.searchspace.network.Layer.Dense) last.layer()).bias();
    OutputLayer layer =
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nIn(shape.elements())
            .nOut(last.shape().channels())
            .hasBias(bias)
            .build();
    builder.addLayer(OUTPUT, layer, flatten(shape), input);
    INDArray weights = array(trained.weight(last, "weights").values());
    set(OUTPUT, "W", weights.reshape(last.shape().channels(), shape.elements()).transpose());
    if (bias) {
      set(OUTPUT, "b", array(trained.weight(last, "bias").values()));
    }
  }

  private void addSoftmax(Shape shape, String input) {
    LossLayer layer =
        new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .build();
    builder.addLayer(OUTPUT, layer, flatten(shape), input);
  }

  private static CnnToFeedForwardPreProcessor flatten(Shape shape) {
    return new CnnToFeedForwardPreProcessor(shape.height(), shape.width(), shape.channels());
  }

  private ComputationGraph build() {
    ComputationGraph graph = new ComputationGraph(builder.setOutputs(OUTPUT).build());
    graph.init();
    for (Parameter parameter : parameters) {
      INDArray target = graph.getLayer(parameter.layer).getParam(parameter.key);
      target.assign(parameter.value.reshape(target.shape()));
    }
    return graph;
  }

  /** Adds a layer and gives back its name. */
  String add(String name, Layer layer, String input) {
    builder.addLayer(name, layer, input);
    return name;
  }

  /** Adds a vertex and gives back its name. */
  String add(String name, GraphVertex vertex, List<String> inputs) {
    builder.addVertex(name, vertex, inputs.toArray(String[]::new));
    return name;
  }

  /** Sets a parameter once the graph is built. */
  void set(String layer, String key, INDArray value) {
    parameters.add(new Parameter(layer, key, value));
  }

  static INDArray array(float[] values) {
    return Nd4j.createFromArray(values);
  }
}
