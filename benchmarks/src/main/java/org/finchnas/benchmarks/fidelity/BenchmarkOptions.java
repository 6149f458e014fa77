package org.finchnas.benchmarks.fidelity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.finchnas.benchmarks.Scratch;

/**
 * What the benchmark was asked for.
 *
 * @param config the search with rungs; the plain one is the same without them
 * @param data folder of published files
 * @param runs where the searches lie; those that are there are gone on with, or only read
 * @param candidates of the plain search
 * @param share of the plain search's images after which the other is given up
 * @param retrain whether the fronts are trained once more
 * @param settings further {@code key=value} for both searches
 */
record BenchmarkOptions(
    Path config,
    Path data,
    Path runs,
    int seeds,
    int candidates,
    double share,
    boolean retrain,
    List<String> settings) {

  BenchmarkOptions {
    settings = List.copyOf(settings);
  }

  /** The settings of a search, with more that win. */
  List<String> with(String... more) {
    return Stream.concat(settings.stream(), Stream.of(more)).toList();
  }

  static BenchmarkOptions of(String[] arguments) {
    Path config =
        Path.of(System.getProperty("finch.configs", "benchmarks/configs"), "multi-fidelity.yaml");
    Path data = Path.of(System.getenv().getOrDefault("FINCH_DATA", "."));
    Path runs = Scratch.directory("multi-fidelity");
    int seeds = 3;
    int candidates = 100;
    double share = 0.5;
    boolean retrain = false;
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--config" -> config = Path.of(arguments[++i]);
        case "--data-dir" -> data = Path.of(arguments[++i]);
        case "--runs" -> runs = Path.of(arguments[++i]);
        case "--seeds" -> seeds = Integer.parseInt(arguments[++i]);
        case "--candidates" -> candidates = Integer.parseInt(arguments[++i]);
        case "--share" -> share = Double.parseDouble(arguments[++i]);
        case "--set" -> settings.add(arguments[++i]);
        case "--retrain" -> retrain = true;
        default ->
            throw new IllegalArgumentException(
                "There is no option %s. Known are --config FILE, --data-dir DIR, --runs DIR,"
                        .formatted(arguments[i])
                    + " --seeds N, --candidates N, --share SHARE, --set KEY=VALUE, --retrain.");
      }
    }
    return new BenchmarkOptions(
        config,
        data.toAbsolutePath(),
        runs.toAbsolutePath(),
        seeds,
        candidates,
        share,
        retrain,
        settings);
  }
}
