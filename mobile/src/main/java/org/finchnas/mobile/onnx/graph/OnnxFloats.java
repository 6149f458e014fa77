package org.finchnas.mobile.onnx.graph;

import static org.finchnas.mobile.onnx.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import org.finchnas.mobile.quantization.HalfPrecision;
import org.finchnas.searchspace.network.Tensor;

/**
 * Values in single precision.
 *
 * @param halves whether what was trained is stored in half precision and made single when the file
 *     is loaded
 */
record OnnxFloats(boolean halves) implements OnnxNumbers {

  @Override
  public Constants filter(OnnxGraph graph, String name, int node, Tensor weights, Tensor bias) {
    return halves
        ? new Constants(half(graph, node + ":w", weights), half(graph, node + ":b", bias))
        : new Constants(
            graph.floats(name + ":weights", weights), graph.floats(name + ":bias", bias));
  }

  private static String half(OnnxGraph graph, String name, Tensor tensor) {
    byte[] bytes = HalfPrecision.bytes(tensor.values());
    String stored = graph.bytes(name, TensorProto.DataType.FLOAT16, tensor.shape(), bytes);
    return graph.node(
        "Cast",
        name + ":v",
        List.of(stored),
        attribute("to", TensorProto.DataType.FLOAT.getNumber()));
  }
}
