package org.finchnas.evolution.algorithm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.surrogate.KernelShape;
import org.finchnas.evolution.surrogate.Surrogate;

/**
 * What is known and what is expected of architectures: costs from the foreknowledge, a surrogate
 * for each objective that only an evaluation tells. All values are such that larger is better.
 */
final class Outlook<A> {

  private final Problem<A> problem;
  private final List<Objective> objectives;
  private final List<Integer> learned = new ArrayList<>();
  private final List<Surrogate> surrogates = new ArrayList<>();
  // By learned objective, the worst result so far, which a failure is counted as.
  private final double[] worst;
  private boolean isOpen;

  /**
   * @param objectives the first of the problem's
   */
  Outlook(Problem<A> problem, List<Objective> objectives) {
    this.problem = problem;
    this.objectives = List.copyOf(objectives);
    this.worst = new double[objectives.size()];
  }

  List<Objective> objectives() {
    return objectives;
  }

  /** Which objectives are known beforehand is seen from the first architecture that is allowed. */
  private void open(A any) {
    if (isOpen) {
      return;
    }
    double[] known = problem.foreknowledge().scores(any);
    for (int k = 0; k < objectives.size(); k++) {
      if (Double.isNaN(known[k]) || objectives.size() == 1) {
        learned.add(k);
        surrogates.add(new Surrogate(shape(problem.encoding().loci())));
      }
    }
    isOpen = true;
  }

  /** Positions of one kind with as many choices are taken to choose from one alphabet. */
  static KernelShape shape(List<Locus> loci) {
    Map<Locus, Integer> alphabets = new LinkedHashMap<>();
    loci.forEach(locus -> alphabets.putIfAbsent(locus, alphabets.size()));
    return new KernelShape(
        loci.stream().map(alphabets::get).toList(),
        alphabets.keySet().stream().map(Locus::choices).toList());
  }

  /** Notes that an architecture was asked. */
  void expect(A architecture) {
    if (isOpen) {
      int[] values = problem.encoding().encode(architecture);
      surrogates.forEach(surrogate -> surrogate.expect(values));
    }
  }

  /** Takes a result; a failure counts as the worst so far. */
  void tell(Individual<A> individual) {
    if (individual.hasFailed() && !isOpen) {
      return;
    }
    open(individual.architecture());
    int[] values = problem.encoding().encode(individual.architecture());
    for (int i = 0; i < surrogates.size(); i++) {
      int k = learned.get(i);
      if (individual.hasFailed()) {
        surrogates.get(i).tell(values, individual.number(), worst[k]);
        continue;
      }
      double result = upward(k, individual.scores().get(k));
      worst[k] = surrogates.get(i).size() == 0 ? result : Math.min(worst[k], result);
      surrogates.get(i).tell(values, individual.number(), result);
    }
  }

  /**
   * @param kept as in {@link Surrogate#maintain}
   */
  void maintain(Set<Integer> kept) {
    surrogates.forEach(surrogate -> surrogate.maintain(kept));
  }

  /** The least of the surrogates' foresight; NaN before there is one. */
  double foresight() {
    return surrogates.stream().mapToDouble(Surrogate::foresight).min().orElse(Double.NaN);
  }

  /** Of the learned objectives, in the order of {@link #learned}. */
  List<Surrogate> surrogates() {
    return surrogates;
  }

  /** The positions of the learned objectives. */
  List<Integer> learned() {
    return learned;
  }

  int[] values(A architecture) {
    return problem.encoding().encode(architecture);
  }

  /** One value for each objective; meaningless for the learned ones. */
  double[] known(A architecture) {
    double[] known = problem.foreknowledge().scores(architecture);
    return IntStream.range(0, objectives.size()).mapToDouble(k -> upward(k, known[k])).toArray();
  }

  double[] upward(Individual<A> individual) {
    return IntStream.range(0, objectives.size())
        .mapToDouble(k -> upward(k, individual.scores().get(k)))
        .toArray();
  }

  private double upward(int objective, double score) {
    return objectives.get(objective).direction() == Direction.MAXIMIZE ? score : -score;
  }
}
