package org.finchnas.cli.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.coordinator.RungSummary;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ParetoFront;

/**
 * How the front grew: the hypervolume after each evaluation that moved it, as a share of the box
 * between the reference point and the ideal of accuracy 1 and no cost. The reference is accuracy 0
 * and, for a cost, its limit or else a tenth more than the largest that was evaluated: volumes of
 * another reference cannot be compared.
 *
 * @param front numbers of the candidates on it, best in the first objective first
 */
public record Attainment(Hypervolume measure, List<Step> steps, List<Integer> front) {

  /** So that the most expensive candidate adds something, too. */
  private static final double BEYOND_LARGEST = 1.1;

  /**
   * One growth.
   *
   * @param number of the candidate that made it
   * @param share in [0, 1]
   */
  public record Step(int number, Duration elapsed, double share) {}

  public Attainment {
    steps = List.copyOf(steps);
    front = List.copyOf(front);
  }

  /** Of the evaluations that a front is about: those of the highest fidelity reached. */
  public static Attainment of(List<ToldEvaluation> told, SearchConfig config) {
    List<Completed> evaluations = RungSummary.highest(told, config.rungs());
    Map<Integer, Duration> elapsed = new HashMap<>();
    told.forEach(each -> elapsed.put(each.number(), each.elapsed()));
    Hypervolume measure = measure(evaluations, config);
    ParetoFront<Completed> front = ParetoFront.ofEvaluations(config.objectives());
    List<Step> steps = new ArrayList<>();
    for (Completed evaluation : evaluations) {
      if (front.add(evaluation)) {
        int number = evaluation.candidate().number();
        double share = measure.of(front.vectors()).volume() / box(measure);
        steps.add(new Step(number, elapsed.getOrDefault(number, Duration.ZERO), share));
      }
    }
    List<Integer> members =
        front.members().stream().map(member -> member.candidate().number()).toList();
    return new Attainment(measure, steps, members);
  }

  private static Hypervolume measure(List<Completed> evaluations, SearchConfig config) {
    List<Double> reference =
        config.objectives().stream().map(each -> worst(each, evaluations, config)).toList();
    return new Hypervolume(config.objectives(), reference);
  }

  private static double worst(
      Objective objective, List<Completed> evaluations, SearchConfig config) {
    if (objective.direction() == Direction.MAXIMIZE) {
      return 0;
    }
    return config.constraints().stream()
        .filter(constraint -> constraint.objective().equals(objective))
        .mapToDouble(Constraint::limit)
        .findFirst()
        .orElseGet(
            () ->
                BEYOND_LARGEST
                    * evaluations.stream()
                        .mapToDouble(each -> each.score(objective))
                        .max()
                        .orElse(1));
  }

  /** All that could be dominated. */
  private static double box(Hypervolume measure) {
    double box = 1;
    for (int i = 0; i < measure.objectives().size(); i++) {
      boolean share = measure.objectives().get(i).direction() == Direction.MAXIMIZE;
      box *= share ? 1 - measure.referencePoint().get(i) : measure.referencePoint().get(i);
    }
    return box > 0 ? box : 1;
  }

  Map<String, Object> json() {
    Map<String, Object> reference = new LinkedHashMap<>();
    for (int i = 0; i < measure.objectives().size(); i++) {
      reference.put(measure.objectives().get(i).name(), measure.referencePoint().get(i));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reference", reference);
    json.put(
        "steps",
        steps.stream()
            .map(step -> List.of(step.number(), step.elapsed().toMillis() / 1e3, step.share()))
            .toList());
    return json;
  }
}
