package org.finchnas.mobile.onnx.graph;

import static org.finchnas.mobile.onnx.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.finchnas.mobile.graph.Fusion;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.quantization.ActivationRanges;
import org.finchnas.mobile.quantization.ByteRanges;
import org.finchnas.searchspace.network.Shape;

/**
 * A whole inference graph in ONNX: one image in ({@code 1 x channels x height x width}, values
 * 0…255), {@code logits} and {@code probabilities} out.
 */
public final class OnnxForm {

  public static final String LOGITS = "logits";
  public static final String PROBABILITIES = "probabilities";
  static final Set<String> OUTPUTS = Set.of(LOGITS, PROBABILITIES);

  /** Operator set 13 and IR version 7: read by runtimes since 2020. */
  private static final int OPSET = 13;

  private static final int IR_VERSION = 7;

  private final OnnxGraph graph;
  private final InferenceGraph source;
  private final OnnxNumbers numbers;
  private final List<String> values = new ArrayList<>();

  private OnnxForm(InferenceGraph source, OnnxNumbers numbers) {
    this.graph = new OnnxGraph(source.name());
    this.source = source;
    this.numbers = numbers;
  }

  /** All numbers in single precision. */
  public static OnnxGraph single(InferenceGraph source) {
    return written(source, new OnnxFloats(false)).graph;
  }

  /** Weights in half precision. */
  public static OnnxGraph half(InferenceGraph source) {
    return written(source, new OnnxFloats(true)).graph;
  }

  /** Weights and values in bytes; the image, which is bytes already, comes in as floats. */
  public static OnnxGraph bytes(ActivationRanges ranges) {
    Fusion fusion = new Fusion(ranges.graph());
    ByteRanges bytes = new ByteRanges(ranges, fusion);
    return written(ranges.graph(), new OnnxBytes(ranges.graph(), fusion, bytes)).graph;
  }

  private static OnnxForm written(InferenceGraph source, OnnxNumbers numbers) {
    OnnxForm form = new OnnxForm(source, numbers);
    form.writeAll();
    return form;
  }

  /** The same, with all that any node computes as outputs besides. */
  public static AllValues withAllValues(InferenceGraph source) {
    OnnxForm form = written(source, new OnnxFloats(false));
    return new AllValues(form.graph, form.exposed());
  }

  /**
   * @param names of what each node but the input computes: the sums of its first two, three … all
   *     inputs where it adds, else one value
   */
  public record AllValues(OnnxGraph graph, List<List<String>> names) {}

  private List<List<String>> exposed() {
    List<List<String>> names = new ArrayList<>();
    names.add(List.of());
    for (int i = 1; i < values.size(); i++) {
      GraphNode node = source.nodes().get(i);
      List<String> steps = new ArrayList<>();
      for (int added = 2;
          added < node.inputs().size() && node.op() instanceof GraphOp.Add;
          added++) {
        steps.add(OnnxNodes.partialSum(values.get(i), added));
      }
      steps.add(values.get(i));
      Shape shape = node.shape();
      for (String step : steps) {
        graph.output(step, 1, shape.channels(), shape.height(), shape.width());
      }
      names.add(List.copyOf(steps));
    }
    names.add(List.of(LOGITS));
    return List.copyOf(names);
  }

  /** A model of this graph, without properties. */
  public static ModelProto.Builder model(OnnxGraph graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("Finch")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph.build());
  }

  private void writeAll() {
    int last = source.nodes().size() - 1;
    for (int i = 0; i < last; i++) {
      String value = source.nodes().get(i).op().match(nodes(i));
      values.add(numbers.value(graph, value, i));
    }
    writeLogits(source.output().op(), last);
    graph.node("Softmax", PROBABILITIES, List.of(LOGITS), attribute("axis", 1));
    graph.output(LOGITS, 1, source.labels().size());
    graph.output(PROBABILITIES, 1, source.labels().size());
  }

  private void writeLogits(GraphOp op, int last) {
    OnnxNodes nodes = nodes(last);
    if (op instanceof GraphOp.Dense dense && numbers instanceof OnnxFloats) {
      nodes.row(dense, LOGITS);
    } else {
      String value = op.match(nodes);
      String read = numbers.value(graph, value, last);
      graph.node("Flatten", LOGITS, List.of(read), attribute("axis", 1));
    }
  }

  private OnnxNodes nodes(int index) {
    GraphNode node = source.nodes().get(index);
    List<String> inputs = node.inputs().stream().map(values::get).toList();
    Shape in = inputs.isEmpty() ? node.shape() : source.nodes().get(node.inputs().get(0)).shape();
    String name = OUTPUTS.contains(node.name()) ? node.name() + ":value" : node.name();
    OnnxNodes.Place place = new OnnxNodes.Place(node, index, name, in);
    return numbers instanceof OnnxBytes
        ? new ByteOnnxNodes(graph, numbers, place, inputs)
        : new OnnxNodes(graph, numbers, place, inputs);
  }
}
