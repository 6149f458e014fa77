package org.finchnas.mobile.coreml.decoder;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.finchnas.mobile.coreml.decoder.DecodedGraph.Operation;

/** What the operations of ML programs compute, by their names. */
final class ProgramOperations {

  private static final int[] ONES = {1, 1};

  private ProgramOperations() {}

  static Operation of(String type, Arguments arguments) {
    return switch (type) {
      case "conv" -> Operation.ofOne(convolution(arguments)::of);
      case "max_pool" -> maximum(arguments);
      case "avg_pool" -> average(arguments);
      case "reduce_mean" -> mean(arguments);
      case "linear" -> linear(arguments);
      case "add" -> inputs -> Evaluation.all(inputs, Double::sum);
      case "mul" -> inputs -> Evaluation.all(inputs, (a, b) -> a * b);
      case "maximum" -> inputs -> Evaluation.all(inputs, Math::max);
      case "concat" -> concat(arguments);
      case "pad" -> pad(arguments);
      case "slice_by_index" -> slice(arguments);
      case "reshape" -> {
        int[] shape = arguments.integers("shape");
        yield Operation.ofOne(x -> x.reshaped(shape));
      }
      case "transpose" -> {
        int[] order = arguments.integers("perm");
        yield Operation.ofOne(x -> x.transposed(order));
      }
      case "cast" -> Operation.ofOne(x -> x);
      case "softmax" -> softmax(arguments);
      default -> activation(type, arguments);
    };
  }

  private static Operation activation(String type, Arguments arguments) {
    double alpha = arguments.has("alpha") ? arguments.number("alpha") : 0;
    double beta = arguments.has("beta") ? arguments.number("beta") : 0;
    return Operation.ofOne(
        switch (type) {
          case "relu" -> x -> Evaluation.each(x, value -> Math.max(0, value));
          case "relu6" -> x -> Evaluation.each(x, value -> Evaluation.clip(value, 0, 6));
          case "leaky_relu" -> x -> Evaluation.each(x, value -> value >= 0 ? value : alpha * value);
          case "sigmoid" -> x -> Evaluation.each(x, Evaluation::sigmoid);
          case "sigmoid_hard" ->
              x -> Evaluation.each(x, value -> Evaluation.clip(alpha * value + beta, 0, 1));
          default -> throw new MalformedModelException("operation " + type + " is unknown");
        });
  }

  private static Convolving convolution(Arguments arguments) {
    Blob weights = arguments.constant("weight").numbers();
    int[] kernel = {weights.size(2), weights.size(3)};
    return new Convolving(
        window(arguments, kernel, arguments.integers("dilations")),
        weights.size(0),
        (int) arguments.number("groups"),
        weights.values(),
        arguments.has("bias") ? arguments.constant("bias").numbers().values() : new float[0]);
  }

  /** Padding is given as before and after the rows, before and after the columns. */
  private static Sliding window(Arguments arguments, int[] kernel, int[] dilation) {
    if (!arguments.text("pad_type").equals("custom") || arguments.flag("ceil_mode")) {
      throw new MalformedModelException("a window has another padding than its own");
    }
    int[] padding = arguments.integers("pad");
    return new Sliding(
        kernel,
        arguments.integers("strides"),
        dilation,
        new int[] {padding[0], padding[2]},
        new int[] {padding[1], padding[3]});
  }

  private static Operation maximum(Arguments arguments) {
    Sliding window = window(arguments, arguments.integers("kernel_sizes"), ONES);
    return Operation.ofOne(x -> Evaluation.maximum(x, window));
  }

  private static Operation average(Arguments arguments) {
    Sliding window = window(arguments, arguments.integers("kernel_sizes"), ONES);
    if (!arguments.flag("exclude_padding_from_average")) {
      throw new MalformedModelException("averages that count padding are unknown");
    }
    return Operation.ofOne(x -> Evaluation.average(x, window));
  }

  private static Operation mean(Arguments arguments) {
    if (!Arrays.equals(arguments.integers("axes"), new int[] {2, 3})
        || !arguments.flag("keep_dims")) {
      throw new MalformedModelException("means are known of whole channels alone");
    }
    return Operation.ofOne(Evaluation::means);
  }

  private static Operation linear(Arguments arguments) {
    Blob weights = arguments.constant("weight").numbers();
    float[] bias = arguments.constant("bias").numbers().values();
    int outputs = weights.size(0);
    return Operation.ofOne(
        x ->
            new Blob(
                new int[] {1, outputs},
                Evaluation.products(x.values(), weights.values(), bias, outputs)));
  }

  private static Operation concat(Arguments arguments) {
    if (arguments.number("axis") != 1 || arguments.flag("interleave")) {
      throw new MalformedModelException("values are joined along their channels alone");
    }
    return Evaluation::joined;
  }

  private static Operation pad(Arguments arguments) {
    int[] pad = arguments.integers("pad");
    if (pad.length != 8
        || Arrays.stream(pad, 0, 4).anyMatch(amount -> amount != 0)
        || !arguments.text("mode").equals("constant")) {
      throw new MalformedModelException("padding is known of rows and columns alone");
    }
    float value = arguments.number("constant_val");
    int[] before = {pad[4], pad[6]};
    int[] after = {pad[5], pad[7]};
    return Operation.ofOne(x -> Evaluation.padded(x, before, after, value));
  }

  private static Operation slice(Arguments arguments) {
    int[] begin = arguments.integers("begin");
    int[] end = arguments.integers("end");
    int[] stride =
        arguments.has("stride")
            ? arguments.integers("stride")
            : IntStream.generate(() -> 1).limit(begin.length).toArray();
    return Operation.ofOne(
        x -> {
          Blob part = x;
          for (int axis = 0; axis < begin.length; axis++) {
            part = part.sliced(axis, begin[axis], end[axis], stride[axis]);
          }
          return part;
        });
  }

  private static Operation softmax(Arguments arguments) {
    if (arguments.number("axis") != -1) {
      throw new MalformedModelException("a softmax is known of rows alone");
    }
    return Operation.ofOne(Evaluation::softmax);
  }
}
