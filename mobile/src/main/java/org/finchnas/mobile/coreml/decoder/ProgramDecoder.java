package org.finchnas.mobile.coreml.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.coreml.decoder.DecodedGraph.Operation;
import org.finchnas.mobile.coreml.decoder.DecodedGraph.Step;

/**
 * Reads the main function of an ML program. Each value is checked against the type that the program
 * declares, and a value of halves is rounded to halves: sums inside an operation are not.
 */
final class ProgramDecoder {

  private final ConstantReader reader;
  private final Map<String, Constant> constants = new HashMap<>();
  private final Map<String, Integer> types = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private String probabilities = "";
  private List<String> labels = List.of();

  private ProgramDecoder(ConstantReader reader) {
    this.reader = reader;
  }

  static DecodedGraph graph(WireMessage program, Header header, ConstantReader reader) {
    WireMessage function = entry(program.map(2), "main");
    WireMessage block = entry(function.map(3), function.text(2));
    return new ProgramDecoder(reader).graph(function, block, header);
  }

  private static WireMessage entry(Map<String, WireMessage> map, String key) {
    WireMessage entry = map.get(key);
    if (entry == null) {
      throw new MalformedModelException("the program has no " + key);
    }
    return entry.message(2);
  }

  private DecodedGraph graph(WireMessage function, WireMessage block, Header header) {
    for (WireMessage input : function.messages(1)) {
      types.put(input.text(1), (int) input.message(2).message(1).integer(1, 0));
    }
    block.messages(3).forEach(this::read);
    if (!block.texts(2).contains(header.logits())) {
      throw new MalformedModelException("the program does not give " + header.logits());
    }
    return new DecodedGraph(header.image(), steps, header.logits(), probabilities, labels);
  }

  private void read(WireMessage operation) {
    String type = operation.text(1);
    WireMessage output = operation.messages(3).get(0);
    String name = output.text(1);
    switch (type) {
      case "const" -> keep(name, output, reader.read(attribute(operation, "val")));
      case "constexpr_affine_dequantize" -> keep(name, output, dequantized(operation));
      case "classify" -> {
        Arguments arguments = new Arguments(type, operation, constants);
        probabilities = arguments.names("probabilities").get(0);
        labels =
            ConstantReader.texts(entry(operation.map(2), "classes").messages(1).get(0).message(2));
      }
      default -> steps.add(step(type, name, operation, output.message(2).message(1)));
    }
  }

  private static WireMessage attribute(WireMessage operation, String key) {
    return entry(operation.map(5), key);
  }

  private void keep(String name, WireMessage output, Constant constant) {
    WireMessage declared = output.message(2).message(1);
    boolean numbers = constant.type() != Constant.TEXT;
    if (declared.integer(1, 0) != constant.type()
        || (numbers
            && !Arrays.equals(ConstantReader.shape(declared), constant.numbers().shape()))) {
      throw new MalformedModelException(name + " is not of the type that it is declared to be");
    }
    constants.put(name, constant);
    types.put(name, constant.type());
    if (constant.isCalculatedWith()) {
      steps.add(new Step(name, List.of(), none -> constant.numbers()));
    }
  }

  /** {@code scale * (q - zeroPoint)}, each one for all or one an output channel. */
  private Constant dequantized(WireMessage operation) {
    Constant quantized = reader.read(attribute(operation, "quantized_data"));
    Constant scale = reader.read(attribute(operation, "scale"));
    float[] zeros = reader.read(attribute(operation, "zero_point")).numbers().values();
    float[] scales = scale.numbers().values();
    float axis = reader.read(attribute(operation, "axis")).number();
    float[] bytes = quantized.numbers().values();
    if (axis != 0 || zeros.length != scales.length || bytes.length % scales.length != 0) {
      throw new MalformedModelException("bytes are known with scales of output channels alone");
    }
    int row = bytes.length / scales.length;
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rounded(scale.type(), scales[i / row] * (bytes[i] - zeros[i / row]));
    }
    return new Constant(scale.type(), new Blob(quantized.numbers().shape(), values), List.of());
  }

  private static float rounded(int type, float value) {
    return type == Constant.HALF ? Halves.rounded(value) : value;
  }

  private Step step(String type, String name, WireMessage operation, WireMessage declared) {
    Arguments arguments = new Arguments(type, operation, constants);
    List<String> inputs =
        new ArrayList<>(arguments.names(arguments.has("values") ? "values" : "x"));
    if (arguments.has("y")) {
      inputs.addAll(arguments.names("y"));
    }
    int given = (int) declared.integer(1, 0);
    requireTypes(type, name, arguments, inputs, given);
    types.put(name, given);
    int[] shape = ConstantReader.shape(declared);
    Operation function = ProgramOperations.of(type, arguments);
    return new Step(name, inputs, values -> typed(name, function.of(values), given, shape));
  }

  /** All that an operation calculates with is of one type; only a cast changes it. */
  private void requireTypes(
      String type, String name, Arguments arguments, List<String> inputs, int given) {
    List<String> all = new ArrayList<>(inputs);
    for (String parameter : List.of("weight", "bias", "alpha", "beta", "constant_val")) {
      if (arguments.has(parameter)) {
        all.addAll(arguments.names(parameter));
      }
    }
    for (String input : all) {
      Integer actual = types.get(input);
      if (actual == null || (actual != given && !type.equals("cast"))) {
        throw new MalformedModelException(
            "%s is of type %d, its input %s of type %s".formatted(name, given, input, actual));
      }
    }
    if (type.equals("cast")
        && !arguments.text("dtype").equals(given == Constant.HALF ? "fp16" : "fp32")) {
      throw new MalformedModelException(name + " is cast to another type than declared");
    }
  }

  private static Blob typed(String name, Blob value, int type, int[] shape) {
    if (!Arrays.equals(value.shape(), shape)) {
      throw new MalformedModelException(
          "%s is declared as %s, but is %s"
              .formatted(name, Arrays.toString(shape), Arrays.toString(value.shape())));
    }
    if (type != Constant.HALF) {
      return value;
    }
    float[] halves = new float[value.values().length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Halves.rounded(value.values()[i]);
    }
    return new Blob(shape, halves);
  }
}
