package org.finchnas.evolution.tabular;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Fitness;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.evolution.algorithm.Problem;
import org.finchnas.evolution.algorithm.SuccessiveHalving;
import org.finchnas.evolution.algorithm.WithinLimits;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.jspecify.annotations.Nullable;

/**
 * One search on a table, in the order that the search loop keeps: at most lag evaluations are asked
 * but not told, and they are told in the order of their numbers.
 */
final class TabularSearch {

  private static final int MOST_REJECTIONS = 10_000;
  private static final int REDUCTION = 3;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final BenchmarkTable table;
  private final List<Objective> objectives;
  private final Algorithm<TabularArchitecture> algorithm;
  private final SuccessiveHalving<TabularArchitecture> halving;
  private final TabularRungs rungs;
  private final TabularForeknowledge foreknowledge;
  private final WithinLimits<TabularArchitecture> variation;
  private final int lag;
  private final long seed;
  private final Queue<Flight> flights = new ArrayDeque<>();
  private final Set<TabularArchitecture> distinct = new HashSet<>();
  private int asked;
  private double spent;
  private long infeasible;
  private int bestRung;
  private @Nullable Individual<TabularArchitecture> best;

  private record Flight(int number, SuccessiveHalving.Job<TabularArchitecture> job) {}

  TabularSearch(
      BenchmarkTable table,
      StrategySettings settings,
      List<Objective> objectives,
      BenchmarkParams params,
      long seed) {
    this.table = table;
    this.objectives = objectives;
    this.lag = params.lag();
    this.seed = seed;
    rungs = TabularRungs.of(table.description(), params.rungs());
    foreknowledge = new TabularForeknowledge(table, objectives);
    variation = new WithinLimits<>(new JeneticsVariation<>(table, seed), foreknowledge);
    algorithm =
        settings.algorithm(new Problem<>(table, variation, foreknowledge, objectives, seed));
    halving =
        new SuccessiveHalving<>(algorithm, REDUCTION, Fitness.pareto(objectives), rungs.count());
  }

  /** Asks for what the lag allows and tells one result. */
  void step() {
    while (flights.size() < lag) {
      SuccessiveHalving.Job<TabularArchitecture> job = admitted();
      if (job == null) {
        break;
      }
      flights.add(new Flight(asked++, job));
    }
    if (flights.isEmpty()) {
      throw new IllegalStateException(
          "After %d evaluations the strategy waits for results, but was told all."
              .formatted(asked));
    }
    tell(flights.remove());
  }

  private SuccessiveHalving.@Nullable Job<TabularArchitecture> admitted() {
    for (int i = 0; i < MOST_REJECTIONS; i++) {
      SuccessiveHalving.Job<TabularArchitecture> job = halving.ask().orElse(null);
      if (job == null || foreknowledge.allows(job.architecture())) {
        return job;
      }
      infeasible++;
    }
    throw new TableException(
        "None of %,d proposals on end keeps the limits %s. Raise them, or choose another strategy."
            .formatted(MOST_REJECTIONS, table.description().limits()));
  }

  private void tell(Flight flight) {
    TabularArchitecture architecture = flight.job.architecture();
    double quality = table.value(column(flight), architecture);
    Individual<TabularArchitecture> individual =
        new Individual<>(flight.number, architecture, scores(architecture, quality));
    distinct.add(architecture);
    spent += rungs.price(flight.job.rung(), flight.job.promotes() != null);
    halving.tell(
        individual, flight.job.rung(), flight.job.promotes(), Integer.toString(flight.number));
    boolean better =
        best == null
            || flight.job.rung() > bestRung
            || (flight.job.rung() == bestRung
                && objectives.get(0).isBetter(quality, best.scores().get(0)));
    if (better) {
      best = individual;
      bestRung = flight.job.rung();
    }
  }

  /** Which column is seen follows from the evaluation's number, as if it were a training's seed. */
  private String column(Flight flight) {
    if (flight.job.rung() + 1 < rungs.count()) {
      return rungs.column(flight.job.rung());
    }
    List<String> seen = table.description().seen();
    long stream = new SplittableRandom(~seed).nextLong();
    return seen.get(
        new SplittableRandom(stream + GOLDEN_GAMMA * flight.number).nextInt(seen.size()));
  }

  private List<Double> scores(TabularArchitecture architecture, double quality) {
    double[] known = foreknowledge.scores(architecture);
    return IntStream.range(0, known.length)
        .mapToObj(i -> Double.isNaN(known[i]) ? quality : known[i])
        .toList();
  }

  /** What all evaluations cost together, in full ones. */
  double spent() {
    return spent;
  }

  /** How many architectures were evaluated. */
  int distinct() {
    return distinct.size();
  }

  Set<TabularArchitecture> evaluated() {
    return Set.copyOf(distinct);
  }

  int told() {
    return asked - flights.size();
  }

  /** What was drawn or proposed and rejected before it was evaluated. */
  long infeasible() {
    return infeasible + variation.rejected().values().stream().mapToLong(each -> each).sum();
  }

  /** What the strategy would name as the best, or whatever was told the best result. */
  TabularArchitecture favourite() {
    if (best == null) {
      throw new IllegalStateException("Nothing was evaluated yet.");
    }
    return rungs.count() > 1
        ? best.architecture()
        : algorithm.favourite().orElse(best).architecture();
  }
}
