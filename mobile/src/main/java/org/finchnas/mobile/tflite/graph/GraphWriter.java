package org.finchnas.mobile.tflite.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.finchnas.mobile.graph.Fusion;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.quantization.ActivationRanges;
import org.finchnas.mobile.quantization.ByteRanges;
import org.finchnas.searchspace.network.ActivationFunction;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;

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

  /**
   * Weights and values in bytes. Images and results stay floats: the first operator makes bytes of
   * the image, without loss, and the softmax is that of floats.
   */
  public static TfliteGraph bytes(InferenceGraph source, ActivationRanges ranges) {
    Fusion fusion = new Fusion(source);
    return new GraphWriter(source, new ByteNumbers(new ByteRanges(ranges, fusion))).write();
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
            new TfliteNodes.Place(node, i, fusion.valueOf(i), activation(fusion, i));
        values.add(node.op().match(nodes(place, inputs)));
      }
    }
    writeOutputs(values.get(values.size() - 1));
    return graph;
  }

  private static byte activation(Fusion fusion, int node) {
    return fusion
        .activation(node)
        .map(
            function ->
                function == ActivationFunction.RELU
                    ? ActivationFunctionType.RELU
                    : ActivationFunctionType.RELU6)
        .orElse(ActivationFunctionType.NONE);
  }

  private TfliteNodes nodes(TfliteNodes.Place place, List<Value> inputs) {
    return numbers instanceof ByteNumbers
        ? new ByteNodes(graph, numbers, place, name(place), inputs)
        : new TfliteNodes(graph, numbers, place, name(place), inputs);
  }

  /** That of the node whose value it is; the names of the outputs are taken. */
  private String name(TfliteNodes.Place place) {
    String name = source.nodes().get(place.valueOf()).name();
    return Set.of(LOGITS, PROBABILITIES).contains(name) ? name + ":value" : name;
  }

  private void writeOutputs(Value last) {
    List<Integer> row = List.of(1, source.labels().size());
    Value flat = graph.value(last.isInt8() ? LOGITS + ":bytes" : LOGITS, row, last.quantization());
    graph.operator(
        Operation.reshape(),
        flat.tensor(),
        last.tensor(),
        graph.ints(LOGITS + ":shape", List.of(2), 1, source.labels().size()));
    Value logits = flat.isInt8() ? floats(flat) : flat;
    Value probabilities = graph.value(PROBABILITIES, row, null);
    graph.operator(Operation.softmax(), probabilities.tensor(), logits.tensor());
    graph.output(logits);
    graph.output(probabilities);
  }

  private Value floats(Value bytes) {
    Value floats = graph.value(LOGITS, bytes.shape(), null);
    graph.operator(
        Operation.plain(BuiltinOperator.DEQUANTIZE, true), floats.tensor(), bytes.tensor());
    return floats;
  }
}
