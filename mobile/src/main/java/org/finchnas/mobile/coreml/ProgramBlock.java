package org.finchnas.mobile.coreml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.coreml.proto.ProgramMessages.DataType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.NamedType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Operation;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Value;
import org.finchnas.mobile.quantization.HalfPrecision;
import org.finchnas.searchspace.network.Tensor;

/** Collects the operations of an ML program and the file of its weights. */
final class ProgramBlock {

  private static final String FILE = "@model_path/weights/weight.bin";

  /** Fewer numbers than this stay inside the program, as Apple's own tools have it. */
  private static final int SMALL = 10;

  private final Precision precision;
  private final List<Operation> operations = new ArrayList<>();
  private final WeightFile weightFile = new WeightFile();

  ProgramBlock(Precision precision) {
    this.precision = precision;
  }

  /** What the program calculates in. */
  DataType arithmetic() {
    return precision == Precision.FP32 ? DataType.FLOAT32 : DataType.FLOAT16;
  }

  List<Operation> operations() {
    return List.copyOf(operations);
  }

  byte[] weightFile() {
    return weightFile.bytes();
  }

  void add(Operation operation) {
    operations.add(operation);
  }

  ProgramOperation operation(String type, String output) {
    return new ProgramOperation(this, type, output);
  }

  String constant(String name, Value value) {
    add(
        Operation.newBuilder()
            .setType("const")
            .putAttributes("name", ProgramValues.text(name))
            .putAttributes("val", value)
            .addOutputs(NamedType.newBuilder().setName(name).setType(value.getType()))
            .build());
    return name;
  }

  /** Numbers that are calculated with as they are: biases, scales. */
  String numbers(String name, DataType type, List<Integer> shape, float... values) {
    return constant(name, value(type, shape, values));
  }

  private Value value(DataType type, List<Integer> shape, float... values) {
    if (type == DataType.FLOAT16) {
      return stored(type, WeightFile.HALF, shape, HalfPrecision.bytes(values));
    }
    if (values.length < SMALL) {
      return ProgramValues.singles(shape, values);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    long offset = weightFile.add(WeightFile.SINGLE, bytes.array());
    return ProgramValues.inFile(type, shape, FILE, offset);
  }

  private Value stored(DataType type, int blobType, List<Integer> shape, byte[] bytes) {
    int values = shape.stream().reduce(1, Math::multiplyExact);
    return values < SMALL
        ? ProgramValues.raw(type, shape, bytes)
        : ProgramValues.inFile(type, shape, FILE, weightFile.add(blobType, bytes));
  }

  /** The weights of a layer, those of an output channel together. */
  String weights(String name, Tensor tensor) {
    if (precision != Precision.INT8) {
      return numbers(name, arithmetic(), tensor.shape(), tensor.values());
    }
    QuantizedRows rows = QuantizedRows.of(tensor);
    List<Integer> channels = List.of(tensor.shape().get(0));
    byte[] zeros = new byte[channels.get(0)];
    add(
        Operation.newBuilder()
            .setType("constexpr_affine_dequantize")
            .putAttributes("name", ProgramValues.text(name))
            .putAttributes(
                "quantized_data",
                stored(DataType.INT8, WeightFile.SIGNED_BYTE, tensor.shape(), rows.bytes()))
            .putAttributes(
                "zero_point", stored(DataType.INT8, WeightFile.SIGNED_BYTE, channels, zeros))
            .putAttributes("scale", value(DataType.FLOAT16, channels, rows.scales()))
            .putAttributes("axis", ProgramValues.integer(0))
            .addOutputs(
                NamedType.newBuilder()
                    .setName(name)
                    .setType(ProgramValues.tensor(DataType.FLOAT16, tensor.shape())))
            .build());
    return name;
  }

  /** A constant of one value in each place. */
  String filled(String name, List<Integer> shape, float value) {
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    Arrays.fill(values, value);
    return numbers(name, arithmetic(), shape, values);
  }
}
