package org.finchnas.mobile.coreml.decoder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a file computes: steps in the order of the file, from an image to two rows.
 *
 * @param image name of the value that is the image
 * @param labels the classes, in the order of the rows
 */
record DecodedGraph(
    String image, List<Step> steps, String logits, String probabilities, List<String> labels) {

  /** Computes one value from values that are there. */
  record Step(String output, List<String> inputs, Operation operation) {}

  /** A function of several images. */
  interface Operation {
    Blob of(List<Blob> inputs);

    static Operation ofOne(UnaryOperator<Blob> function) {
      return inputs -> function.apply(inputs.get(0));
    }
  }

  /** Logits and probabilities of one image. */
  record Rows(Blob logits, Blob probabilities) {}

  Rows run(Blob input) {
    Map<String, Blob> values = new HashMap<>();
    values.put(image, input);
    for (Step step : steps) {
      List<Blob> inputs = step.inputs.stream().map(name -> value(values, name)).toList();
      if (values.put(step.output, step.operation.of(inputs)) != null) {
        throw new MalformedModelException("two values are called " + step.output);
      }
    }
    return new Rows(row(values, logits), row(values, probabilities));
  }

  private Blob row(Map<String, Blob> values, String name) {
    Blob row = value(values, name);
    if (row.values().length != labels.size()) {
      throw new MalformedModelException(
          "%s has %d values for %d labels".formatted(name, row.values().length, labels.size()));
    }
    return row;
  }

  private static Blob value(Map<String, Blob> values, String name) {
    Blob value = values.get(name);
    if (value == null) {
      throw new MalformedModelException("nothing computes " + name);
    }
    return value;
  }
}
