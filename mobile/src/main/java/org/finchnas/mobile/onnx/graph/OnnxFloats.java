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
    return new Constants(
        floats(graph, name + ":weights", weights), floats(graph, name + ":bias", bias));
  }

  private String floats(OnnxGraph graph, String name, Tensor tensor) {
    if (!halves) {
      return graph.floats(name, tensor);
    }
    String stored =
        graph.bytes(
            name + ":half",
            TensorProto.DataType.FLOAT16,
            tensor.shape(),
            HalfPrecision.bytes(tensor.values()));
    return graph.node(
        "Cast", name, List.of(stored), attribute("to", TensorProto.DataType.FLOAT.getNumber()));
  }
}
