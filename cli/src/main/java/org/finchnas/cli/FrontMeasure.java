package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.finchnas.coordinator.RungSummary;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.FrontQuality;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;

/** How good a run's front is, for people and for programs. */
record FrontMeasure(FrontQuality quality) {

  private static final List<Double> SHARES = List.of(0.5, 0.9, 0.99);

  /**
   * @param reference by objective; without one, an accuracy counts from 0 and a cost from the
   *     largest that was told
   * @throws InputException if a reference is of no objective
   */
  static FrontMeasure of(RecordedRun run, Map<String, Double> reference) {
    List<Objective> objectives = run.config().objectives();
    for (String name : reference.keySet()) {
      if (objectives.stream().noneMatch(each -> each.name().equals(name))) {
        throw new InputException(
            "--reference names %s, but the objectives of this run are %s."
                .formatted(name, objectives));
      }
    }
    List<Completed> told = RungSummary.highest(run.told(), run.config().rungs());
    List<Double> point =
        objectives.stream()
            .map(each -> reference.getOrDefault(each.name(), worst(told, each)))
            .toList();
    return new FrontMeasure(FrontQuality.of(told, new Hypervolume(objectives, point)));
  }

  private static double worst(List<Completed> told, Objective objective) {
    return objective.direction() == Direction.MAXIMIZE
        ? 0
        : told.stream().mapToDouble(each -> each.score(objective)).max().orElse(1);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Hypervolume measure = quality.hypervolume().measure();
    List<String> from = new ArrayList<>();
    for (int k = 0; k < measure.objectives().size(); k++) {
      Objective objective = measure.objectives().get(k);
      double reference = measure.referencePoint().get(k);
      from.add(
          objective.direction() == Direction.MAXIMIZE
              ? "%s %s".formatted(objective, Quantity.percent(reference))
              : "%s %s".formatted(objective, Quantity.rounded(reference)));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "hypervolume %.4g from %s",
            quality.hypervolume().volume(),
            String.join(", ", from)));
    List<String> attained = new ArrayList<>();
    for (double share : SHARES) {
      OptionalInt evaluations = quality.attained(share);
      if (evaluations.isPresent()) {
        attained.add(
            "%.0f %% after %s"
                .formatted(100 * share, Quantity.of(evaluations.getAsInt(), "evaluation")));
      }
    }
    if (!attained.isEmpty()) {
      lines.add("of it " + String.join(", ", attained));
    }
    if (!Double.isNaN(quality.spacing())) {
      lines.add(String.format(Locale.ROOT, "spacing %.3f (0: even steps)", quality.spacing()));
    }
    return lines;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    Hypervolume measure = quality.hypervolume().measure();
    json.put("hypervolume", quality.hypervolume().volume());
    Map<String, Double> reference = new LinkedHashMap<>();
    for (int k = 0; k < measure.objectives().size(); k++) {
      reference.put(measure.objectives().get(k).name(), measure.referencePoint().get(k));
    }
    json.put("referencePoint", reference);
    json.put(
        "hypervolumeCourse",
        quality.course().stream()
            .map(step -> Map.of("evaluations", step.evaluations(), "hypervolume", step.volume()))
            .toList());
    if (!Double.isNaN(quality.spacing())) {
      json.put("spacing", quality.spacing());
    }
    return json;
  }
}
