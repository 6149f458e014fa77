package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.config.BenchmarkConfig;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.tabular.BenchmarkParams;
import org.finchnas.evolution.tabular.BenchmarkResult;
import org.finchnas.evolution.tabular.BenchmarkTable;
import org.finchnas.evolution.tabular.StrategyBenchmark;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code finch bench}. */
@Command(
    name = "bench",
    description = "How good a search strategy is on a table of architectures trained beforehand.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  private static final String ALL = "all";

  @Mixin private final Output output = new Output();

  @Option(
      names = "--table",
      paramLabel = "FILE",
      required = true,
      description = "Says what the table's columns mean: configs/benchmarks/nas-bench-macro.yaml.")
  private Path table = Path.of(".");

  @Option(
      names = "--data",
      paramLabel = "CSV",
      description = "The table, gzipped or not; default as the description says.")
  private @Nullable Path data;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "May be given several times, or be all; default Finch's own.")
  private List<String> strategies = List.of(StrategySettings.DEFAULT);

  @Option(
      names = "--evaluations",
      paramLabel = "N,N,…",
      split = ",",
      defaultValue = "50,100,150,200,300",
      description = "After how many to look (default ${DEFAULT-VALUE}).")
  private List<Integer> evaluations = List.of();

  @Option(
      names = "--repeats",
      paramLabel = "R",
      defaultValue = "200",
      description = "Searches to average over (default ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--lag",
      paramLabel = "N",
      defaultValue = "1",
      description = "Evaluations asked but not told (default ${DEFAULT-VALUE}).")
  private int lag;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all searches (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--population",
      paramLabel = "P",
      defaultValue = "20",
      description = "Individuals that breed at a time (default ${DEFAULT-VALUE}).")
  private int population;

  @Option(
      names = "--sample",
      paramLabel = "S",
      description = "How many compete to be a parent (default a quarter of them).")
  private @Nullable Integer sample;

  @Option(
      names = "--rungs",
      description = "Use the table's cheaper fidelities; evaluations are full ones' worth.")
  private boolean rungs;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides the description: --set seen=[acc_run1,acc_run2,acc_run3].")
  private List<String> overrides = List.of();

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draw the course of all strategies into this file.")
  private @Nullable Path svg;

  @Override
  public Integer call() throws IOException {
    Set<String> chosen = chosen();
    BenchmarkConfig config = BenchmarkConfig.read(table, overrides);
    BenchmarkTable rows = BenchmarkTable.read(config.table(), data(config));
    StrategyBenchmark benchmark = new StrategyBenchmark(rows, params());
    BenchTable lines = new BenchTable(rows, params());
    lines.heading().forEach(output::say);
    Set<String> measured = new LinkedHashSet<>(chosen);
    if (svg != null) {
      measured.addAll(StrategySettings.NAMES);
    }
    List<BenchmarkResult> results = new ArrayList<>();
    for (String name : measured) {
      results.add(benchmark.measure(settings(name, false), settings(name, true)));
    }
    lines.rows(results).forEach(output::say);
    if (svg != null) {
      Output.write(svg, BenchPicture.svg(rows, params(), results));
      output.say("Drawn into %s.", svg);
    }
    output.answer(json(lines, results, chosen));
    return Finch.DONE;
  }

  private Set<String> chosen() {
    Set<String> chosen = new LinkedHashSet<>();
    for (String name : strategies) {
      chosen.addAll(name.equals(ALL) ? StrategySettings.NAMES : List.of(name));
    }
    chosen.forEach(name -> settings(name, false));
    return chosen;
  }

  private StrategySettings settings(String name, boolean severalObjectives) {
    int competing = sample == null ? Math.max(1, population / 4) : sample;
    StrategySettings.Selection selection =
        severalObjectives
            ? StrategySettings.Selection.PARETO
            : StrategySettings.Selection.FIRST_OBJECTIVE;
    try {
      return StrategySettings.of(name, population, competing, selection, false);
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private BenchmarkParams params() {
    try {
      return new BenchmarkParams(evaluations, repeats, lag, seed, rungs);
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private Path data(BenchmarkConfig config) {
    Path named = data == null ? config.data() : data;
    if (named == null) {
      throw new InputException(
          "%s names no file of the table. Name it with --data.".formatted(table));
    }
    return named;
  }

  private static Map<String, Object> json(
      BenchTable lines, List<BenchmarkResult> results, Set<String> chosen) {
    List<Map<String, Object>> objects =
        results.stream()
            .filter(result -> chosen.contains(result.strategy()))
            .map(lines::json)
            .toList();
    if (objects.size() == 1) {
      return objects.get(0);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("strategies", objects);
    return json;
  }
}
