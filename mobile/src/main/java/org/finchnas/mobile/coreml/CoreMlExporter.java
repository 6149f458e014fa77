package org.finchnas.mobile.coreml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.coreml.decoder.DecodedModel;
import org.finchnas.mobile.coreml.proto.ModelMessages.Model;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Labels;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.NeuralNetworkClassifier;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.searchspace.network.Shape;

/**
 * Writes {@code .mlmodel} files: a neural network classifier of specification 3, which Core ML
 * reads since iOS 12. An image goes in with its values 0…255; {@code classLabel}, the labels'
 * probabilities and {@code logits} come out.
 *
 * <p>In half precision weights and biases are stored as halves; in eight bits the weights of
 * convolutions and dense layers are, with a scale and an offset for each output channel. Core ML
 * itself chooses the precision that it calculates in.
 */
public final class CoreMlExporter implements Exporter {

  private static final int SPECIFICATION = 3;

  @Override
  public ExportFormat format() {
    return ExportFormat.COREML;
  }

  @Override
  public ModelContent encode(ExportRequest request) {
    InferenceGraph graph = InferenceGraph.of(request.network());
    Model model =
        Model.newBuilder()
            .setSpecificationVersion(SPECIFICATION)
            .setDescription(ClassifierDescription.of(request, graph))
            .setClassifier(classifier(graph, new LayerWeights(request.precision())))
            .build();
    return Seal.file(model.toByteArray());
  }

  private static NeuralNetworkClassifier classifier(InferenceGraph source, LayerWeights weights) {
    LayerList layers = new LayerList();
    List<String> values = new ArrayList<>();
    int last = source.nodes().size() - 1;
    for (int i = 0; i <= last; i++) {
      GraphNode node = source.nodes().get(i);
      String name = i == last ? ClassifierDescription.LOGITS : valueName(node.name());
      List<String> inputs = node.inputs().stream().map(values::get).toList();
      Shape in = inputs.isEmpty() ? node.shape() : source.nodes().get(node.inputs().get(0)).shape();
      values.add(node.op().match(new NetworkNodes(layers, weights, node, name, inputs, in)));
    }
    layers.softmax(ClassifierDescription.PROBABILITIES, ClassifierDescription.LOGITS);
    return NeuralNetworkClassifier.newBuilder()
        .addAllLayers(layers.built())
        .setLabels(Labels.newBuilder().addAllLabel(source.labels()))
        .setProbabilities(ClassifierDescription.PROBABILITIES)
        .build();
  }

  private static String valueName(String node) {
    return ClassifierDescription.NAMES.contains(node) ? node + ":value" : node;
  }

  @Override
  public LoadedModel load(Path file) throws IOException {
    return DecodedModel.ofNeuralNetwork(file);
  }
}
