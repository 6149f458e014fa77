package org.finchnas.benchmarks.strategies;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ParetoFront;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Foreknowledge;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.evolution.algorithm.IntegerEncoding;
import org.finchnas.evolution.algorithm.Locus;
import org.finchnas.evolution.algorithm.Problem;
import org.finchnas.evolution.jenetics.JeneticsVariation;

/**
 * How long the default strategy takes to propose and to learn, late in a long search for a front of
 * about 500.
 *
 * @param told results before and while it is timed
 * @param front how many of them are on the front
 */
record ThinkingTime(int told, int front, double medianMillis, double highMillis) {

  /** The time of this thread alone: it does nothing but think, and other work may go on beside. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private static final int TOLD = 10_000;
  private static final int TIMED = 100;

  /** It begins with random architectures, and Java with slow code. */
  private static final int UNTIMED = 50;

  private static final List<Objective> OBJECTIVES =
      List.of(Objective.VALIDATION_ACCURACY, Objective.MACS);

  /** Twenty positions of four choices: 10^12 architectures. */
  private record Space(List<Locus> loci) implements IntegerEncoding<List<Integer>> {

    @Override
    public List<Integer> decode(int[] values) {
      return Arrays.stream(values).boxed().toList();
    }

    @Override
    public int[] encode(List<Integer> architecture) {
      return architecture.stream().mapToInt(value -> value).toArray();
    }
  }

  /** Costs are known and hardly any two are equal. */
  private static final class Costs implements Foreknowledge<List<Integer>> {

    static double of(List<Integer> architecture) {
      double cost = 1;
      for (int i = 0; i < architecture.size(); i++) {
        cost += architecture.get(i) * (1 + Math.sqrt(i + 2.0));
      }
      return cost;
    }

    @Override
    public double violation(List<Integer> architecture) {
      return 0;
    }

    @Override
    public String reason(List<Integer> architecture) {
      return "";
    }

    @Override
    public double[] scores(List<Integer> architecture) {
      return new double[] {Double.NaN, of(architecture)};
    }

    @Override
    public Object identity(List<Integer> architecture) {
      return architecture;
    }
  }

  static ThinkingTime measure() {
    Space space = new Space(Collections.nCopies(20, new Locus(Locus.Kind.OPERATION, 4)));
    Algorithm<List<Integer>> algorithm =
        StrategySettings.of(
                StrategySettings.DEFAULT, 20, 5, StrategySettings.Selection.PARETO, false)
            .algorithm(
                new Problem<>(
                    space, new JeneticsVariation<>(space, 1), new Costs(), OBJECTIVES, 1));
    JeneticsVariation<List<Integer>> random = new JeneticsVariation<>(space, 2);
    ParetoFront<Individual<List<Integer>>> front =
        new ParetoFront<>(
            OBJECTIVES,
            (each, objective) -> each.scores().get(OBJECTIVES.indexOf(objective)),
            Individual::number);
    for (int i = 0; i < TOLD - TIMED - UNTIMED; i++) {
      Individual<List<Integer>> individual = individual(i, random.sample());
      algorithm.tell(individual);
      boolean unused = front.add(individual);
    }
    double[] millis = new double[TIMED];
    for (int i = -UNTIMED; i < TIMED; i++) {
      long start = CPU.getCurrentThreadCpuTime();
      List<Integer> asked = algorithm.ask().orElseThrow().architecture();
      Individual<List<Integer>> individual = individual(TOLD - TIMED + i, asked);
      algorithm.tell(individual);
      millis[Math.max(0, i)] = (CPU.getCurrentThreadCpuTime() - start) / 1e6;
      boolean unused = front.add(individual);
    }
    Arrays.sort(millis);
    return new ThinkingTime(
        TOLD, front.members().size(), millis[TIMED / 2], millis[TIMED * 99 / 100]);
  }

  /** Three of 64 lie on the front, where accuracy rises with cost; the others stay below. */
  private static Individual<List<Integer>> individual(int number, List<Integer> architecture) {
    double cost = Costs.of(architecture);
    double accuracy = 0.5 + cost / 1000;
    boolean isOnFront =
        architecture.get(0) == 0 && architecture.get(1) == 0 && architecture.get(2) > 0;
    return new Individual<>(
        number, architecture, List.of(isOnFront ? accuracy : accuracy - 0.4, cost));
  }
}
