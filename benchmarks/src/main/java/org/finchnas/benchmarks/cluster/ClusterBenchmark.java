package org.finchnas.benchmarks.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster costs its coordinator. Real processes on loopback; only the trainings are fake:
 * they take their time without using it, and leave a file of weights. All processes share this
 * machine, so what workers take is missing to the coordinator, which real ones do not do to it.
 */
public final class ClusterBenchmark {

  private ClusterBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchmarkOptions options = BenchmarkOptions.of(arguments);
    List<String> objects = new ArrayList<>();
    for (Part part : options.parts()) {
      if (!options.json()) {
        System.out.printf("%s: %s%n", part.word(), part.title());
      }
      List<Figure> figures = measure(part, options);
      if (!options.json()) {
        figures.forEach(figure -> System.out.println(figure.line()));
      }
      objects.add(
          "\"%s\": {%s}"
              .formatted(
                  part.word(), String.join(", ", figures.stream().map(Figure::json).toList())));
    }
    if (options.json()) {
      System.out.println("{" + String.join(", ", objects) + "}");
    }
  }

  private static List<Figure> measure(Part part, BenchmarkOptions options)
      throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    try (JavaProcess process =
        JavaProcess.coordinator(PartMain.class, options.forPart(part).toArray(String[]::new))) {
      for (String line = process.readLine(); line != null; line = process.readLine()) {
        figures.add(Figure.decoded(line));
      }
      process.requireSuccess();
    }
    return figures;
  }
}
