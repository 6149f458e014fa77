package org.finchnas.benchmarks.strategies;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.finchnas.coordinator.config.BenchmarkConfig;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.evolution.tabular.BenchmarkParams;
import org.finchnas.evolution.tabular.BenchmarkResult;
import org.finchnas.evolution.tabular.BenchmarkTable;
import org.finchnas.evolution.tabular.Curve;
import org.finchnas.evolution.tabular.StrategyBenchmark;

/**
 * Finch's default strategy on NAS-Bench-Macro beside the best of the others, as an independent
 * implementation of them did (aging evolution, local search; NSGA-II with a population of 20), and
 * how long it thinks. The table is looked for in the folder that FINCH_DATA names.
 */
public final class StrategiesBenchmark {

  private static final String TABLE = "nasbench_macro_cifar10.csv.gz";
  private static final int FLAWLESS = 0;
  private static final int MISSED = 1;
  private static final int BAD_INPUT = 2;

  private final Path home;
  private final Path data;
  private final int repeats;
  private final List<Line> lines = new ArrayList<>();

  /** A figure beside what others reach and what is wanted. */
  private record Line(String name, double measured, String others, double target, boolean atMost) {

    boolean isMet() {
      return Double.isNaN(target) || (atMost ? measured <= target : measured >= target);
    }

    String text() {
      String wanted =
          Double.isNaN(target)
              ? "reported"
              : "%s %s%s"
                  .formatted(atMost ? "<=" : ">=", number(target), isMet() ? "" : "  MISSED");
      return String.format(
          Locale.ROOT, "  %-52s %8s   others %-18s %s", name, number(measured), others, wanted);
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.3f", value);
    }
  }

  private StrategiesBenchmark(Path home, Path data, int repeats) {
    this.home = home;
    this.data = data;
    this.repeats = repeats;
  }

  public static void main(String[] arguments) {
    List<String> given = Arrays.asList(arguments);
    String folder = System.getProperty("finch.data", "");
    if (folder.isEmpty()) {
      System.err.println("Set FINCH_DATA to the folder that holds " + TABLE + ".");
      System.exit(BAD_INPUT);
    }
    int at = given.indexOf("--repeats");
    int repeats = at < 0 ? 200 : Integer.parseInt(given.get(at + 1));
    Path home = Path.of(Objects.requireNonNull(System.getProperty("finch.home")));
    StrategiesBenchmark benchmark = new StrategiesBenchmark(home, Path.of(folder, TABLE), repeats);
    System.exit(benchmark.run(given.contains("--json")));
  }

  private int run(boolean json) {
    for (int lag : new int[] {1, 16}) {
      boolean aimed = lag == 1;
      regret(
          "nas-bench-macro",
          "clean",
          lag,
          List.of(50, 100, 150),
          aimed ? new double[] {.030, .005, .001} : new double[0],
          aimed ? List.of(".055", ".025", ".016") : List.of("", ".119", ""));
      regret(
          "nas-bench-macro-noisy",
          "one run drawn",
          lag,
          List.of(100, 200, 300),
          aimed ? new double[] {.060, .035, .030} : new double[0],
          aimed ? List.of(".118", ".069", ".059") : List.of("", "", ""));
    }
    ThinkingTime thinking = ThinkingTime.measure();
    lines.add(
        new Line(
            "ms of CPU per ask and tell, median, %d told, front of %d"
                .formatted(thinking.told(), thinking.front()),
            thinking.medianMillis(),
            "",
            5,
            true));
    lines.add(new Line("the same, 99th percentile", thinking.highMillis(), "", Double.NaN, true));
    if (json) {
      System.out.println(
          lines.stream()
              .map(line -> String.format(Locale.ROOT, "\"%s\": %.5f", line.name(), line.measured()))
              .collect(Collectors.joining(", ", "{", "}")));
    } else {
      System.out.printf("%s, %d searches%n", StrategySettings.DEFAULT, repeats);
      lines.forEach(line -> System.out.println(line.text()));
    }
    return lines.stream().allMatch(Line::isMet) ? FLAWLESS : MISSED;
  }

  /** Mean regret, and at lag 1 without noise the share of the true front's hypervolume too. */
  private void regret(
      String name,
      String words,
      int lag,
      List<Integer> evaluations,
      double[] targets,
      List<String> others) {
    boolean withVolume = lag == 1 && words.equals("clean");
    List<Integer> points = new ArrayList<>(evaluations);
    List<Integer> volumes = List.of(100, 200, 300);
    if (withVolume) {
      points.addAll(volumes);
    }
    BenchmarkResult result = measure(name, lag, points, withVolume);
    Curve regret = result.regret().at(evaluations);
    for (int i = 0; i < evaluations.size(); i++) {
      lines.add(
          new Line(
              "regret, %s, lag %d, at %d".formatted(words, lag, evaluations.get(i)),
              regret.mean().get(i),
              others.get(i),
              targets.length == 0 ? Double.NaN : targets[i],
              true));
    }
    if (withVolume) {
      Curve share = Objects.requireNonNull(result.hypervolumeShare()).at(volumes);
      double[] wanted = {.960, .985, .993};
      String[] beside = {".934", ".968", ".983"};
      for (int i = 0; i < wanted.length; i++) {
        lines.add(
            new Line(
                "hypervolume share at %d".formatted(volumes.get(i)),
                share.mean().get(i),
                beside[i],
                wanted[i],
                false));
      }
    }
  }

  private BenchmarkResult measure(String name, int lag, List<Integer> points, boolean withVolume) {
    List<String> overrides =
        withVolume ? List.of() : List.of("hypervolume.costs=[]", "hypervolume.reference={}");
    BenchmarkConfig config =
        BenchmarkConfig.read(home.resolve("configs/benchmarks").resolve(name + ".yaml"), overrides);
    BenchmarkTable table = BenchmarkTable.read(config.table(), data);
    return new StrategyBenchmark(table, new BenchmarkParams(points, repeats, lag, 1, false))
        .measure(settings(Selection.FIRST_OBJECTIVE), settings(Selection.PARETO));
  }

  private static StrategySettings settings(Selection selection) {
    return StrategySettings.of(StrategySettings.DEFAULT, 20, 5, selection, false);
  }
}
