package org.finchnas.mobile.onnx.graph;

import static org.finchnas.mobile.onnx.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.finchnas.mobile.graph.Fusion;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.quantization.ByteRanges;
import org.finchnas.mobile.quantization.ChannelBytes;
import org.finchnas.mobile.quantization.Quantization;
import org.finchnas.searchspace.network.Tensor;

/**
 * Values and weights in bytes: each value is quantized and dequantized where it is written, and
 * runtimes make operators of bytes of what stands between two such pairs. Values are unsigned and
 * weights signed, the pair that runtimes have the fastest kernels for.
 *
 * <p>What stands between nodes has the number of its node, a colon and a letter as its name: there
 * are some ten such names a convolution, and long ones would outweigh a small network.
 */
final class OnnxBytes implements OnnxNumbers {

  /** From a signed byte to the unsigned one that stands for the same number. */
  private static final int UNSIGNED = 128;

  private static final Quantization GATE = new Quantization(1f / 256, Byte.MIN_VALUE);

  private final InferenceGraph source;
  private final Fusion fusion;
  private final ByteRanges ranges;

  OnnxBytes(InferenceGraph source, Fusion fusion, ByteRanges ranges) {
    this.source = source;
    this.fusion = fusion;
    this.ranges = ranges;
  }

  @Override
  public Constants filter(OnnxGraph graph, String name, int node, Tensor weights, Tensor bias) {
    int outputs = bias.values().length;
    ChannelBytes bytes =
        ChannelBytes.of(
            weights.values(),
            bias.values(),
            ChannelBytes.Layout.channelAfterChannel(weights.values().length / outputs),
            ranges.quantization(source.nodes().get(node).inputs().get(0)),
            ranges.quantization(fusion.valueOf(node)));
    List<Integer> channels = List.of(outputs);
    String weightBytes = node + ":w";
    String weightFloats =
        graph.node(
            "DequantizeLinear",
            weightBytes + ":v",
            List.of(
                graph.bytes(weightBytes, DataType.INT8, weights.shape(), bytes.weights()),
                graph.floats(weightBytes + ":s", channels, bytes.scales()),
                graph.bytes(weightBytes + ":z", DataType.INT8, channels, new byte[outputs])),
            attribute("axis", 0));
    String biasSteps = node + ":b";
    String biasFloats =
        graph.node(
            "DequantizeLinear",
            biasSteps + ":v",
            List.of(
                graph.ints(biasSteps, bytes.bias()),
                graph.floats(biasSteps + ":s", channels, bytes.biasScales())),
            attribute("axis", 0));
    return new Constants(weightFloats, biasFloats);
  }

  /** What an activation right behind it bounds stays as it is: runtimes compute both as one. */
  @Override
  public String value(OnnxGraph graph, String value, int node) {
    return fusion.valueOf(node) == node
        ? asBytes(graph, value, node + ":q", ranges.quantization(node))
        : value;
  }

  @Override
  public String partialSum(OnnxGraph graph, String sum, int node, int inputs) {
    return asBytes(graph, sum, node + ":a" + inputs, ranges.partialSum(node, inputs));
  }

  @Override
  public String gate(OnnxGraph graph, String gate, int node) {
    return asBytes(graph, gate, node + ":g", GATE);
  }

  private static String asBytes(
      OnnxGraph graph, String value, String bytes, Quantization quantization) {
    String scale = graph.floats(bytes + ":s", List.of(), quantization.scale());
    byte[] zero = {(byte) (quantization.zeroPoint() + UNSIGNED)};
    String zeroPoint = graph.bytes(bytes + ":z", DataType.UINT8, List.of(), zero);
    return graph.node(
        "DequantizeLinear",
        bytes + ":v",
        List.of(
            graph.node("QuantizeLinear", bytes, List.of(value, scale, zeroPoint)),
            scale,
            zeroPoint));
  }
}
