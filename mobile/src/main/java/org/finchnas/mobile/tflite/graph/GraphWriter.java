package org.finchnas.mobile.tflite.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.InferenceGraph;

/**
 * Writes inference graphs as graphs of TensorFlow Lite: one image in ({@code 1 x height x width x
 * channels}, floats 0…255), {@code logits} and {@code probabilities} out, floats too.
 */
public final class GraphWriter {

  public static final String LOGITS = "logits";
  public static final String PROBABILITIES = "probabilities";

  private final InferenceGraph source;
  private final Numbers numbers;
  private final TfliteGraph graph = new TfliteGraph();

  private GraphWriter(InferenceGraph source, Numbers numbers) {
    this.source = source;
    this.numbers = numbers;
  }

  /** All numbers in single precision. */
  public static TfliteGraph single(InferenceGraph source) {
    return new GraphWriter(source, new FloatNumbers(false)).write();
  }

  /** Weights in half precision. */
  public static TfliteGraph half(InferenceGraph source) {
    return new GraphWriter(source, new FloatNumbers(true)).write();
  }

  private TfliteGraph write() {
    Fusion fusion = new Fusion(source);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < source.nodes().size(); i++) {
      GraphNode node = source.nodes().get(i);
      List<Value> inputs = node.inputs().stream().map(values::get).toList();
      if (fusion.isFused(i)) {
        values.add(inputs.get(0));
      } else {
        TfliteNodes.Place place =
            new TfliteNodes.Place(node, i, fusion.valueOf(i), fusion.activation(i));
        values.add(node.op().match(new TfliteNodes(graph, numbers, place, name(place), inputs)));
      }
    }
    writeOutputs(values.get(values.size() - 1));
    return graph;
  }

  /** That of the node whose value it is; the names of the outputs are taken. */
  private String name(TfliteNodes.Place place) {
    String name = source.nodes().get(place.valueOf()).name();
    return Set.of(LOGITS, PROBABILITIES).contains(name) ? name + ":value" : name;
  }

  private void writeOutputs(Value last) {
    List<Integer> row = List.of(1, source.labels().size());
    Value logits = graph.value(LOGITS, row, null);
    graph.operator(
        Operation.reshape(),
        logits.tensor(),
        last.tensor(),
        graph.ints(LOGITS + ":shape", List.of(2), 1, source.labels().size()));
    Value probabilities = graph.value(PROBABILITIES, row, null);
    graph.operator(Operation.softmax(), probabilities.tensor(), logits.tensor());
    graph.output(logits);
    graph.output(probabilities);
  }
}
