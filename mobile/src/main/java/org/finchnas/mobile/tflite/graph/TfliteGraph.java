package org.finchnas.mobile.tflite.graph;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.quantization.Quantization;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.MetadataT;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SignatureDefT;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorMapT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/**
 * Collects the tensors, operators and buffers of a TFLite file of one graph, in the order they are
 * added.
 */
public final class TfliteGraph {

  /** Runtimes read weights where they lie in the file. */
  private static final int ALIGNMENT = 16;

  private static final int SCHEMA_VERSION = 3;

  private final List<TensorT> tensors = new ArrayList<>();
  private final List<OperatorT> operators = new ArrayList<>();
  private final Map<Code, Integer> codes = new LinkedHashMap<>();
  private final Map<String, Integer> metadata = new LinkedHashMap<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();

  /** The first is empty: it is that of tensors that are computed. */
  private final List<byte[]> buffers = new ArrayList<>(List.of(new byte[0]));

  private record Code(int builtin, int version) {}

  Value value(String name, List<Integer> shape, @Nullable Quantization quantization) {
    byte type = quantization == null ? TensorType.FLOAT32 : TensorType.INT8;
    int tensor = tensor(name, shape, type, 0);
    if (quantization != null) {
      quantize(tensor, quantization);
    }
    return new Value(tensor, shape, quantization);
  }

  int floats(String name, List<Integer> shape, float... values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    littleEndian(bytes).asFloatBuffer().put(values);
    return constant(name, shape, TensorType.FLOAT32, bytes);
  }

  int ints(String name, List<Integer> shape, int... values) {
    byte[] bytes = new byte[values.length * Integer.BYTES];
    littleEndian(bytes).asIntBuffer().put(values);
    return constant(name, shape, TensorType.INT32, bytes);
  }

  int constant(String name, List<Integer> shape, byte type, byte[] bytes) {
    buffers.add(bytes);
    return tensor(name, shape, type, buffers.size() - 1);
  }

  void quantize(int tensor, Quantization quantization) {
    quantize(tensor, 0, new float[] {quantization.scale()}, new long[] {quantization.zeroPoint()});
  }

  /** Says what the numbers of a tensor stand for, in each slice of one dimension. */
  void quantize(int tensor, int dimension, float[] scales, long[] zeroPoints) {
    QuantizationParametersT quantization = new QuantizationParametersT();
    quantization.setScale(scales);
    quantization.setZeroPoint(zeroPoints);
    quantization.setQuantizedDimension(dimension);
    tensors.get(tensor).setQuantization(quantization);
  }

  private int tensor(String name, List<Integer> shape, byte type, int buffer) {
    TensorT tensor = new TensorT();
    tensor.setName(name);
    tensor.setShape(toArray(shape));
    tensor.setType(type);
    tensor.setBuffer(buffer);
    tensors.add(tensor);
    return tensors.size() - 1;
  }

  void operator(Operation operation, int output, int... in) {
    OperatorT operator = new OperatorT();
    Code code = new Code(operation.builtin(), operation.version());
    Integer known = codes.putIfAbsent(code, codes.size());
    operator.setOpcodeIndex(known == null ? codes.size() - 1 : known);
    operator.setInputs(in);
    operator.setOutputs(new int[] {output});
    if (operation.options() != null) {
      operator.setBuiltinOptions(operation.options());
    }
    operators.add(operator);
  }

  void input(Value value) {
    inputs.add(value.tensor());
  }

  void output(Value value) {
    outputs.add(value.tensor());
  }

  /** Bytes under a name, for those who know it. */
  public void metadata(String name, byte[] bytes) {
    buffers.add(bytes);
    metadata.put(name, buffers.size() - 1);
  }

  /** The whole file. */
  public byte[] bytes(String name) {
    int size = buffers.stream().mapToInt(bytes -> bytes.length + ALIGNMENT).sum();
    FlatBufferBuilder builder = new FlatBufferBuilder(Math.addExact(size, 1 << 16));
    int[] written = buffers.stream().mapToInt(bytes -> buffer(builder, bytes)).toArray();
    int graph = SubGraph.pack(builder, subgraph(name));
    int[] operatorCodes =
        codes.keySet().stream().mapToInt(code -> OperatorCode.pack(builder, code(code))).toArray();
    int[] entries =
        metadata.entrySet().stream()
            .mapToInt(entry -> Metadata.pack(builder, entry(entry.getKey(), entry.getValue())))
            .toArray();
    int signature = SignatureDef.pack(builder, signature());
    Model.finishModelBuffer(
        builder,
        Model.createModel(
            builder,
            SCHEMA_VERSION,
            Model.createOperatorCodesVector(builder, operatorCodes),
            Model.createSubgraphsVector(builder, new int[] {graph}),
            builder.createString("Written by Finch"),
            Model.createBuffersVector(builder, written),
            0,
            Model.createMetadataVector(builder, entries),
            Model.createSignatureDefsVector(builder, new int[] {signature})));
    return builder.sizedByteArray();
  }

  private static int buffer(FlatBufferBuilder builder, byte[] bytes) {
    if (bytes.length == 0) {
      return Buffer.createBuffer(builder, 0);
    }
    ByteBuffer unused = builder.createUnintializedVector(1, bytes.length, ALIGNMENT).put(bytes);
    return Buffer.createBuffer(builder, builder.endVector());
  }

  private SubGraphT subgraph(String name) {
    SubGraphT graph = new SubGraphT();
    graph.setName(name);
    graph.setTensors(tensors.toArray(TensorT[]::new));
    graph.setOperators(operators.toArray(OperatorT[]::new));
    graph.setInputs(toArray(inputs));
    graph.setOutputs(toArray(outputs));
    return graph;
  }

  private static OperatorCodeT code(Code code) {
    OperatorCodeT written = new OperatorCodeT();
    // Readers from before codes beyond 127 look for the code here.
    written.setDeprecatedBuiltinCode((byte) Math.min(code.builtin(), Byte.MAX_VALUE));
    written.setBuiltinCode(code.builtin());
    written.setVersion(code.version());
    return written;
  }

  private static MetadataT entry(String name, int buffer) {
    MetadataT entry = new MetadataT();
    entry.setName(name);
    entry.setBuffer(buffer);
    return entry;
  }

  private SignatureDefT signature() {
    SignatureDefT signature = new SignatureDefT();
    signature.setSignatureKey("serving_default");
    signature.setInputs(inputs.stream().map(this::named).toArray(TensorMapT[]::new));
    signature.setOutputs(outputs.stream().map(this::named).toArray(TensorMapT[]::new));
    return signature;
  }

  private TensorMapT named(int tensor) {
    TensorMapT named = new TensorMapT();
    named.setName(tensors.get(tensor).getName());
    named.setTensorIndex(tensor);
    return named;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int[] toArray(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
