package org.finchnas.benchmarks.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the benchmark was asked for.
 *
 * @param parts to measure
 * @param values of the other options, by their names; each part has its own defaults
 */
record BenchmarkOptions(List<Part> parts, boolean json, Map<String, String> values) {

  private static final Set<String> NUMBERS =
      Set.of(
          "--workers",
          "--slots",
          "--evaluations",
          "--warm-up",
          "--mean-seconds",
          "--seconds",
          "--rounds");

  private static final Set<String> WORDS = Set.of("--order");

  BenchmarkOptions {
    parts = List.copyOf(parts);
    values = Map.copyOf(values);
  }

  static BenchmarkOptions of(String[] arguments) {
    List<Part> parts = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    boolean json = false;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--json")) {
        json = true;
      } else if (arguments[i].equals("--part")) {
        parts.add(Part.named(arguments[++i]));
      } else if (NUMBERS.contains(arguments[i]) || WORDS.contains(arguments[i])) {
        values.put(arguments[i], arguments[++i]);
      } else {
        throw new IllegalArgumentException(
            "There is no option %s. Known are --json, --part NAME, --order strict|arrival, and with a number %s."
                .formatted(arguments[i], String.join(", ", NUMBERS.stream().sorted().toList())));
      }
    }
    return new BenchmarkOptions(parts.isEmpty() ? List.of(Part.values()) : parts, json, values);
  }

  int count(String name, int standard) {
    return (int) number(name, standard);
  }

  double number(String name, double standard) {
    String value = values.get(name);
    return value == null ? standard : Double.parseDouble(value);
  }

  /** In which order results are told: {@code strict} or {@code arrival}. */
  String order() {
    return values.getOrDefault("--order", "strict");
  }

  /** The same for the process that measures one part. */
  List<String> forPart(Part part) {
    List<String> arguments = new ArrayList<>(List.of("--part", part.word()));
    values.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    return arguments;
  }
}
