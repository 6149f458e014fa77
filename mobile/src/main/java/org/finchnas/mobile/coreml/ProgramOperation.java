package org.finchnas.mobile.coreml;

import java.util.List;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Argument;
import org.finchnas.mobile.coreml.proto.ProgramMessages.DataType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.NamedType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Operation;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Value;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;

/** One operation in the making; a parameter that is no earlier value becomes a constant. */
final class ProgramOperation {

  private final ProgramBlock block;
  private final String output;
  private final Operation.Builder operation;

  ProgramOperation(ProgramBlock block, String type, String output) {
    this.block = block;
    this.output = output;
    this.operation =
        Operation.newBuilder().setType(type).putAttributes("name", ProgramValues.text(output));
  }

  ProgramOperation with(String parameter, String value) {
    return with(parameter, List.of(value));
  }

  ProgramOperation with(String parameter, List<String> values) {
    Argument.Builder argument = Argument.newBuilder();
    values.forEach(value -> argument.addBindings(Argument.Binding.newBuilder().setName(value)));
    operation.putInputs(parameter, argument.build());
    return this;
  }

  ProgramOperation with(String parameter, Value constant) {
    return with(parameter, block.constant(output + "_" + parameter, constant));
  }

  /** A number of the type that the program calculates in. */
  ProgramOperation withNumber(String parameter, float value) {
    return with(
        parameter, block.numbers(output + "_" + parameter, block.arithmetic(), List.of(), value));
  }

  ProgramOperation withPadding(Padding padding) {
    return with("pad_type", ProgramValues.text("custom"))
        .with(
            "pad",
            ProgramValues.integers(
                padding.top(), padding.bottom(), padding.left(), padding.right()));
  }

  /** Adds the operation; the answer is the name of its output. */
  String gives(DataType type, List<Integer> shape) {
    block.add(
        operation
            .addOutputs(
                NamedType.newBuilder().setName(output).setType(ProgramValues.tensor(type, shape)))
            .build());
    return output;
  }

  /** Adds the operation, whose output is an image in the program's arithmetic. */
  String gives(Shape shape) {
    return gives(block.arithmetic(), dimensions(shape));
  }

  static List<Integer> dimensions(Shape shape) {
    return List.of(1, shape.channels(), shape.height(), shape.width());
  }
}
