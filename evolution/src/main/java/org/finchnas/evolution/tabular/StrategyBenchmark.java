package org.finchnas.evolution.tabular;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ParetoFront;
import org.finchnas.evolution.StrategySettings;

/** Measures strategies on a table; a function of table, parameters and settings. */
public final class StrategyBenchmark {

  /** A search that proposes only what is known ends after so many times its evaluations. */
  private static final int PATIENCE = 50;

  private final BenchmarkTable table;
  private final BenchmarkParams params;
  private final List<Integer> points;

  public StrategyBenchmark(BenchmarkTable table, BenchmarkParams params) {
    this.table = table;
    this.params = params;
    this.points = params.points();
  }

  /**
   * Measures one strategy.
   *
   * @param alone its settings where quality is the single objective
   * @param among its settings where costs are objectives too
   */
  public BenchmarkResult measure(StrategySettings alone, StrategySettings among) {
    long[] infeasible = new long[params.repeats()];
    List<double[]> regrets =
        IntStream.range(0, params.repeats())
            .parallel()
            .mapToObj(
                repeat -> {
                  TabularSearch search = search(alone, quality(), repeat);
                  double[] regret = regret(search);
                  infeasible[repeat] = search.infeasible();
                  return regret;
                })
            .toList();
    Curve regret = Curve.of(points, regrets);
    long sum = Arrays.stream(infeasible).sum();
    if (table.description().hypervolumeCosts().isEmpty()) {
      return new BenchmarkResult(alone.name(), regret, null, sum);
    }
    Hypervolume.Value whole = table.trueHypervolume();
    List<Objective> objectives = table.description().hypervolumeObjectives();
    List<double[]> shares =
        IntStream.range(0, params.repeats())
            .parallel()
            .mapToObj(repeat -> share(search(among, objectives, repeat), whole))
            .toList();
    return new BenchmarkResult(alone.name(), regret, Curve.of(points, shares), sum);
  }

  private List<Objective> quality() {
    return List.of(table.description().quality());
  }

  private TabularSearch search(StrategySettings settings, List<Objective> objectives, int repeat) {
    long seed = new SplittableRandom(params.seed() + 7919L * repeat).nextLong();
    return new TabularSearch(table, settings, objectives, params, seed);
  }

  private double[] regret(TabularSearch search) {
    double best = table.best();
    double[] regret = new double[points.size()];
    for (int i = 0; i < regret.length; i++) {
      do {
        search.step();
      } while (search.spent() < points.get(i) - 1e-9);
      regret[i] = table.regret(best, search.favourite());
    }
    return regret;
  }

  private double[] share(TabularSearch search, Hypervolume.Value whole) {
    double[] share = new double[points.size()];
    long patience = (long) PATIENCE * params.last();
    for (int i = 0; i < share.length; i++) {
      while (search.distinct() < points.get(i) && search.told() < patience) {
        search.step();
      }
      ParetoFront<TabularArchitecture> front = table.emptyFront();
      search.evaluated().forEach(front::add);
      share[i] = whole.measure().of(front.vectors()).shareOf(whole);
    }
    return share;
  }
}
