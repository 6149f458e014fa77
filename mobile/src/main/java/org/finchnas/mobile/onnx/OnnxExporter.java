package org.finchnas.mobile.onnx;

import static org.finchnas.mobile.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.searchspace.network.Shape;

/**
 * Writes ONNX files of opset 13 and IR version 7, which runtimes since 2020 read: one image in
 * ({@code 1 x channels x height x width}, values 0…255), {@code logits} and {@code probabilities}
 * out.
 */
public final class OnnxExporter implements Exporter {

  static final String LOGITS = "logits";
  static final String PROBABILITIES = "probabilities";
  static final Set<String> OUTPUTS = Set.of(LOGITS, PROBABILITIES);

  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;

  @Override
  public ExportFormat format() {
    return ExportFormat.ONNX;
  }

  @Override
  public ModelContent encode(ExportRequest request) {
    InferenceGraph graph = InferenceGraph.of(request.network());
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("Finch")
            .setProducerVersion(request.card().finchVersion())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph(graph).build());
    return ModelContent.ofFile(OnnxFile.sealed(model, request, graph.labels()).toByteArray());
  }

  private static OnnxGraph graph(InferenceGraph source) {
    OnnxGraph graph = new OnnxGraph(source.name());
    List<String> values = new ArrayList<>();
    for (GraphNode node : source.nodes().subList(0, source.nodes().size() - 1)) {
      values.add(node.op().match(nodes(graph, source, node, values)));
    }
    writeLogits(graph, source.output().op(), nodes(graph, source, source.output(), values));
    graph.node("Softmax", PROBABILITIES, List.of(LOGITS), attribute("axis", 1));
    graph.output(LOGITS, 1, source.labels().size());
    graph.output(PROBABILITIES, 1, source.labels().size());
    return graph;
  }

  private static void writeLogits(OnnxGraph graph, GraphOp last, OnnxNodes nodes) {
    if (last instanceof GraphOp.Dense dense) {
      nodes.row(dense, LOGITS);
    } else {
      graph.node("Flatten", LOGITS, List.of(last.match(nodes)), attribute("axis", 1));
    }
  }

  private static OnnxNodes nodes(
      OnnxGraph graph, InferenceGraph source, GraphNode node, List<String> values) {
    List<String> inputs = node.inputs().stream().map(values::get).toList();
    Shape in = inputs.isEmpty() ? node.shape() : source.nodes().get(node.inputs().get(0)).shape();
    return new OnnxNodes(graph, node, inputs, in);
  }

  @Override
  public LoadedModel load(Path file) throws IOException {
    return OnnxPredictor.open(file);
  }
}
