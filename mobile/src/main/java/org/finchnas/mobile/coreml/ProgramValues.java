package org.finchnas.mobile.coreml;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import org.finchnas.mobile.coreml.proto.ProgramMessages.DataType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.DictionaryType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Dimension;
import org.finchnas.mobile.coreml.proto.ProgramMessages.ListType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.ListValue;
import org.finchnas.mobile.coreml.proto.ProgramMessages.TensorType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.TensorValue;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Value;
import org.finchnas.mobile.coreml.proto.ProgramMessages.ValueType;

/** Types and values of ML programs. */
final class ProgramValues {

  private static final List<Integer> SCALAR = List.of();

  private ProgramValues() {}

  static ValueType tensor(DataType type, List<Integer> shape) {
    TensorType.Builder tensor = TensorType.newBuilder().setType(type).setRank(shape.size());
    shape.forEach(size -> tensor.addDimensions(dimension(size)));
    return ValueType.newBuilder().setTensor(tensor).build();
  }

  private static Dimension dimension(int size) {
    return Dimension.newBuilder()
        .setConstant(Dimension.Constant.newBuilder().setSize(size))
        .build();
  }

  static ValueType textType() {
    return tensor(DataType.STRING, SCALAR);
  }

  /** From texts to numbers. */
  static ValueType dictionary() {
    return ValueType.newBuilder()
        .setDictionary(
            DictionaryType.newBuilder()
                .setKey(textType())
                .setValue(tensor(DataType.FLOAT64, SCALAR)))
        .build();
  }

  static Value text(String text) {
    return immediate(
        textType(),
        TensorValue.newBuilder().setStrings(TensorValue.Strings.newBuilder().addValues(text)));
  }

  static Value texts(List<String> texts) {
    ListValue.Builder list = ListValue.newBuilder();
    texts.forEach(text -> list.addValues(text(text)));
    return Value.newBuilder()
        .setType(
            ValueType.newBuilder()
                .setList(
                    ListType.newBuilder().setType(textType()).setLength(dimension(texts.size()))))
        .setImmediate(Value.Immediate.newBuilder().setList(list))
        .build();
  }

  static Value flag(boolean flag) {
    return immediate(
        tensor(DataType.BOOL, SCALAR),
        TensorValue.newBuilder().setBools(TensorValue.Bools.newBuilder().addValues(flag)));
  }

  static Value integer(int value) {
    return integers(SCALAR, value);
  }

  static Value integers(int... values) {
    return integers(List.of(values.length), values);
  }

  private static Value integers(List<Integer> shape, int... values) {
    TensorValue.Ints.Builder integers = TensorValue.Ints.newBuilder();
    Arrays.stream(values).forEach(integers::addValues);
    return immediate(tensor(DataType.INT32, shape), TensorValue.newBuilder().setInts(integers));
  }

  static Value singles(List<Integer> shape, float... values) {
    TensorValue.Floats.Builder floats = TensorValue.Floats.newBuilder();
    for (float value : values) {
      floats.addValues(value);
    }
    return immediate(tensor(DataType.FLOAT32, shape), TensorValue.newBuilder().setFloats(floats));
  }

  /** Halves and bytes, which have no field of their own. */
  static Value raw(DataType type, List<Integer> shape, byte[] values) {
    return immediate(
        tensor(type, shape),
        TensorValue.newBuilder()
            .setBytes(TensorValue.Bytes.newBuilder().setValues(ByteString.copyFrom(values))));
  }

  private static Value immediate(ValueType type, TensorValue.Builder value) {
    return Value.newBuilder()
        .setType(type)
        .setImmediate(Value.Immediate.newBuilder().setTensor(value))
        .build();
  }

  static Value inFile(DataType type, List<Integer> shape, String file, long offset) {
    return Value.newBuilder()
        .setType(tensor(type, shape))
        .setInFile(Value.InFile.newBuilder().setName(file).setOffset(offset))
        .build();
  }
}
