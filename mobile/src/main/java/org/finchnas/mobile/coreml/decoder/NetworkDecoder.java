package org.finchnas.mobile.coreml.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finchnas.mobile.coreml.decoder.DecodedGraph.Operation;
import org.finchnas.mobile.coreml.decoder.DecodedGraph.Step;

/**
 * Reads a neural network classifier. Its values have five dimensions: sequence, batch, channels,
 * rows, columns; the batch is always one and left out here.
 */
final class NetworkDecoder {

  private static final int[] ONES = {1, 1};
  private static final int[] ZEROS = {0, 0};

  private NetworkDecoder() {}

  static DecodedGraph graph(WireMessage classifier, Header header) {
    List<Step> steps = new ArrayList<>();
    for (WireMessage layer : classifier.messages(1)) {
      steps.add(new Step(layer.text(3), layer.texts(2), operation(layer)));
    }
    return new DecodedGraph(
        header.image(),
        steps,
        header.logits(),
        classifier.text(200),
        classifier.message(100).texts(1));
  }

  /** The kind of a layer is the field that holds its parameters. */
  private static Operation operation(WireMessage layer) {
    int kind =
        layer.numbers().stream()
            .filter(number -> number >= 100)
            .findFirst()
            .orElseThrow(() -> new MalformedModelException("a layer is of no kind"));
    WireMessage parameters = layer.message(kind);
    return switch (kind) {
      case 100 -> Operation.ofOne(convolution(parameters)::of);
      case 120 -> pooling(parameters);
      case 130 -> activation(parameters);
      case 140 -> innerProduct(parameters);
      case 175 -> Operation.ofOne(Evaluation::softmax);
      case 190 -> crop(parameters);
      case 200 -> pad(parameters);
      case 220 -> unary(parameters);
      case 230 -> inputs -> Evaluation.all(inputs, Double::sum);
      case 231 -> inputs -> Evaluation.all(inputs, (a, b) -> a * b);
      case 245 -> scale(parameters);
      case 260 -> inputs -> Evaluation.all(inputs, Math::max);
      case 300 -> reshape(parameters);
      case 301 -> flatten(parameters);
      case 310 -> permute(parameters);
      case 320 -> Evaluation::joined;
      case 350 -> slice(parameters);
      default -> throw new MalformedModelException("layers of kind " + kind + " are unknown");
    };
  }

  private static Convolving convolution(WireMessage parameters) {
    if (parameters.flag(60)) {
      throw new MalformedModelException("convolutions that enlarge are unknown");
    }
    Sliding window =
        new Sliding(
            pair(parameters, 20, 3),
            pair(parameters, 30, 1),
            pair(parameters, 40, 1),
            padding(parameters, 50, 1),
            padding(parameters, 50, 2));
    float[] bias = parameters.flag(70) ? NumberReader.read(parameters.message(91)) : new float[0];
    return new Convolving(
        window,
        (int) parameters.integer(1, 0),
        (int) parameters.integer(10, 1),
        NumberReader.read(parameters.message(90)),
        bias);
  }

  private static int[] pair(WireMessage parameters, int number, int absent) {
    int[] values = parameters.integers(number);
    return values.length == 2 ? values : new int[] {absent, absent};
  }

  /** Of valid padding what is before (1) or after (2) rows and columns. */
  private static int[] padding(WireMessage parameters, int number, int side) {
    if (!parameters.has(number)) {
      throw new MalformedModelException("a window has another padding than valid");
    }
    WireMessage valid = parameters.message(number);
    return valid.has(1) ? borders(valid.message(1), side) : ZEROS;
  }

  private static int[] borders(WireMessage borders, int side) {
    int[] amounts =
        borders.messages(10).stream().mapToInt(edge -> (int) edge.integer(side, 0)).toArray();
    return amounts.length == 2 ? amounts : ZEROS;
  }

  private static Operation pooling(WireMessage parameters) {
    boolean average = parameters.integer(1, 0) == 1;
    if (parameters.flag(60)) {
      if (!average) {
        throw new MalformedModelException("global pooling is known for averages alone");
      }
      return Operation.ofOne(Evaluation::means);
    }
    Sliding window =
        new Sliding(
            pair(parameters, 10, 3),
            pair(parameters, 20, 1),
            ONES,
            padding(parameters, 30, 1),
            padding(parameters, 30, 2));
    if (!average) {
      return Operation.ofOne(x -> Evaluation.maximum(x, window));
    }
    if (!parameters.flag(50)) {
      throw new MalformedModelException("averages that count padding are unknown");
    }
    return Operation.ofOne(x -> Evaluation.average(x, window));
  }

  private static Operation activation(WireMessage parameters) {
    int kind = parameters.numbers().get(0);
    WireMessage numbers = parameters.message(kind);
    double alpha = numbers.single(1, 0);
    double beta = numbers.single(2, 0);
    return Operation.ofOne(
        switch (kind) {
          case 5 -> x -> Evaluation.each(x, value -> alpha * value + beta);
          case 10 -> x -> Evaluation.each(x, value -> Math.max(0, value));
          case 15 -> x -> Evaluation.each(x, value -> value >= 0 ? value : alpha * value);
          case 40 -> x -> Evaluation.each(x, Evaluation::sigmoid);
          case 41 -> x -> Evaluation.each(x, value -> Evaluation.clip(alpha * value + beta, 0, 1));
          default -> throw new MalformedModelException("activation " + kind + " is unknown");
        });
  }

  private static Operation innerProduct(WireMessage parameters) {
    int outputs = (int) parameters.integer(2, 0);
    float[] weights = NumberReader.read(parameters.message(20));
    float[] bias =
        parameters.flag(10) ? NumberReader.read(parameters.message(21)) : new float[outputs];
    return Operation.ofOne(
        x -> {
          if (x.size(2) * x.size(3) != 1) {
            throw new MalformedModelException("a map enters an inner product without flattening");
          }
          return new Blob(
              new int[] {1, outputs, 1, 1},
              Evaluation.products(x.values(), weights, bias, outputs));
        });
  }

  private static Operation crop(WireMessage parameters) {
    int[] before = borders(parameters.message(1), 1);
    int[] after = borders(parameters.message(1), 2);
    return Operation.ofOne(
        x ->
            x.sliced(2, before[0], x.size(2) - after[0], 1)
                .sliced(3, before[1], x.size(3) - after[1], 1));
  }

  private static Operation pad(WireMessage parameters) {
    float value = parameters.message(1).single(1, 0);
    int[] before = borders(parameters.message(10), 1);
    int[] after = borders(parameters.message(10), 2);
    return Operation.ofOne(x -> Evaluation.padded(x, before, after, value));
  }

  private static Operation unary(WireMessage parameters) {
    if (parameters.integer(1, 0) != 7) {
      throw new MalformedModelException("of the unary functions only the threshold is known");
    }
    double alpha = parameters.single(2, 0);
    double shift = parameters.single(4, 0);
    double given = parameters.single(5, 0);
    double scale = given == 0 ? 1 : given;
    return Operation.ofOne(
        x -> Evaluation.each(x, value -> Math.max(alpha, scale * value + shift)));
  }

  private static Operation scale(WireMessage parameters) {
    Blob factors = perImage(parameters.integers(1), NumberReader.read(parameters.message(2)));
    if (!parameters.flag(3)) {
      return Operation.ofOne(x -> Evaluation.both(x, factors, (a, b) -> a * b));
    }
    Blob offsets = perImage(parameters.integers(4), NumberReader.read(parameters.message(5)));
    return Operation.ofOne(
        x -> Evaluation.both(Evaluation.both(x, factors, (a, b) -> a * b), offsets, Double::sum));
  }

  /** One number, one a channel, or one for each place of channels, rows and columns. */
  private static Blob perImage(int[] shape, float[] values) {
    return switch (shape.length) {
      case 1 -> new Blob(new int[] {1, shape[0], 1, 1}, values);
      case 3 -> new Blob(new int[] {1, shape[0], shape[1], shape[2]}, values);
      default -> throw new MalformedModelException("a scale of shape " + Arrays.toString(shape));
    };
  }

  /** To three dimensions, the sequence stays; to four, the first is the sequence. */
  private static Operation reshape(WireMessage parameters) {
    int[] target = parameters.integers(1);
    if (parameters.integer(2, 0) != 0) {
      throw new MalformedModelException("reshaping is known with channels first alone");
    }
    return Operation.ofOne(
        x ->
            target.length == 4
                ? x.reshaped(target)
                : x.reshaped(x.size(0), target[0], target[1], target[2]));
  }

  private static Operation flatten(WireMessage parameters) {
    if (parameters.integer(1, 0) != 0) {
      throw new MalformedModelException("flattening is known with channels first alone");
    }
    return Operation.ofOne(x -> x.reshaped(x.size(0), x.values().length / x.size(0), 1, 1));
  }

  private static Operation permute(WireMessage parameters) {
    int[] order = parameters.integers(1);
    return Operation.ofOne(x -> x.transposed(order));
  }

  private static Operation slice(WireMessage parameters) {
    int start = (int) parameters.integer(1, 0);
    int end = (int) parameters.integer(2, 0);
    int stride = (int) parameters.integer(3, 0);
    int axis = (int) parameters.integer(4, 0) + 1;
    return Operation.ofOne(x -> x.sliced(axis, start, end, stride));
  }
}
