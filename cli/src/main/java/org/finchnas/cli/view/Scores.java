package org.finchnas.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Objectives;
import org.jspecify.annotations.Nullable;

/**
 * The scores that a page shows, in one order: the objectives of the search, then what else is known
 * of a network.
 */
record Scores(List<Objective> shown) {

  Scores {
    shown = List.copyOf(shown);
  }

  /** Latency and bytes of files are known where the search asked for them, not of every network. */
  static Scores of(SearchConfig config) {
    Set<Objective> shown = new LinkedHashSet<>();
    shown.add(Objective.VALIDATION_ACCURACY);
    shown.addAll(config.objectives());
    Objectives.known().stream().filter(each -> isKnown(each, config)).forEach(shown::add);
    return new Scores(List.copyOf(shown));
  }

  private static boolean isKnown(Objective objective, SearchConfig config) {
    if (objective.equals(Objective.LATENCY)) {
      return config.device() != null;
    }
    return !objective.equals(Objective.FILE_BYTES) || config.usesFileBytes();
  }

  /** One value for each, null where there is none or it is not finite. */
  List<@Nullable Number> row(Map<String, Double> scores) {
    List<@Nullable Number> row = new ArrayList<>();
    for (Objective objective : shown) {
      Double score = scores.get(objective.name());
      row.add(score == null || !Double.isFinite(score) ? null : number(score));
    }
    return row;
  }

  /** Whole numbers have no fraction, as in the log. */
  private static Number number(double score) {
    if (score == Math.rint(score)) {
      return (long) score;
    }
    return score;
  }

  List<Map<String, Object>> json(List<Objective> objectives) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Objective objective : shown) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("name", objective.name());
      each.put("unit", objective.unit());
      each.put("maximize", objective.direction() == Direction.MAXIMIZE);
      each.put("objective", objectives.contains(objective));
      json.add(each);
    }
    return json;
  }
}
