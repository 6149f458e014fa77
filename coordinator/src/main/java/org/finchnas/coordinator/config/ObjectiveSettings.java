package org.finchnas.coordinator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Objectives;

/** Reads and writes what a search wants and what it refuses. */
final class ObjectiveSettings {

  private static final List<Objective> DEFAULT =
      List.of(Objective.VALIDATION_ACCURACY, Objective.MACS);

  private ObjectiveSettings() {}

  static List<Objective> readObjectives(Section parent) {
    Map<String, Objective> known = new LinkedHashMap<>();
    Objectives.known().forEach(objective -> known.put(objective.name(), objective));
    ValueRule<List<Objective>> names = ValueRule.listOf(ValueRule.oneOf(known, Objective::name));
    return parent.read("objectives", DEFAULT, names, ObjectiveSettings::require);
  }

  /**
   * @throws IllegalArgumentException if a search cannot want that
   */
  static void require(List<Objective> objectives) {
    List<String> names = settings(objectives);
    if (objectives.stream().distinct().count() < objectives.size()) {
      throw new IllegalArgumentException(
          "objectives (%s) must name none twice. Drop the repeated one.".formatted(names));
    }
    if (!objectives.contains(Objective.VALIDATION_ACCURACY)) {
      throw new IllegalArgumentException(
          "objectives (%s) must name %s: all else is known without training. Add it, or maybe make the others constraints."
              .formatted(names, Objective.VALIDATION_ACCURACY.name()));
    }
  }

  static List<String> settings(List<Objective> objectives) {
    return objectives.stream().map(Objective::name).toList();
  }

  static List<Constraint> readConstraints(Section section) {
    List<Constraint> constraints = new ArrayList<>();
    for (Objective objective : Objectives.known()) {
      if (objective.direction() == Direction.MINIMIZE) {
        section
            .read(objective.name(), ValueRule.number("above 0", limit -> limit > 0))
            .ifPresent(limit -> constraints.add(new Constraint(objective, limit)));
      }
    }
    return section.finish(() -> constraints, List.of());
  }

  static Map<String, Object> constraintSettings(List<Constraint> constraints) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Constraint constraint : constraints) {
      settings.put(constraint.objective().name(), written(constraint.limit()));
    }
    return settings;
  }

  private static Number written(double limit) {
    return limit == Math.rint(limit) && limit < 1L << 53 ? (Number) (long) limit : limit;
  }
}
