package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;

/**
 * The networks a search is compared with, as people and programs see them.
 *
 * @param outcomes by name, those that were tried, in the order of the configuration
 */
record BaselineTable(Map<String, Evaluation> outcomes) {

  /**
   * In the order of the names.
   *
   * @param recorded what the run keeps
   * @param untrained what no machine could train this time
   */
  static BaselineTable of(
      List<String> names, Map<String, Evaluation> recorded, Map<String, Evaluation> untrained) {
    Map<String, Evaluation> outcomes = new LinkedHashMap<>();
    for (String name : names) {
      Evaluation outcome = recorded.getOrDefault(name, untrained.get(name));
      if (outcome != null) {
        outcomes.put(name, outcome);
      }
    }
    return new BaselineTable(outcomes);
  }

  /** Those that have an accuracy. */
  Map<String, Completed> completed() {
    Map<String, Completed> completed = new LinkedHashMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          if (outcome instanceof Completed trained) {
            completed.put(name, trained);
          }
        });
    return completed;
  }

  /** Empty if nothing is compared. */
  List<String> lines() {
    if (outcomes.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Baselines (trained with the same data and fidelity, not part of the search):");
    Table table = new Table("baseline", "accuracy", "MACs", "params", "peak bytes");
    completed()
        .forEach(
            (name, trained) ->
                table.row(
                    name,
                    Quantity.percent(trained.score(Objective.VALIDATION_ACCURACY)),
                    Quantity.rounded(trained.score(Objective.MACS)),
                    Quantity.rounded(trained.score(Objective.PARAMS)),
                    Quantity.rounded(trained.score(Objective.PEAK_ACTIVATION_BYTES))));
    if (!completed().isEmpty()) {
      lines.addAll(table.lines());
    }
    outcomes.forEach(
        (name, outcome) -> {
          if (outcome instanceof Evaluation.Failed failed) {
            lines.add("%s failed (%s): %s".formatted(name, failed.reason(), failed.message()));
          }
        });
    return lines;
  }

  List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    outcomes.forEach((name, outcome) -> json.add(json(name, outcome)));
    return json;
  }

  private static Map<String, Object> json(String name, Evaluation outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("fidelity", RungLines.fidelity(outcome.candidate().fidelity()));
    if (outcome instanceof Completed trained) {
      new TreeMap<>(trained.scores())
          .forEach((score, value) -> json.put(score, FrontTable.number(value)));
    } else if (outcome instanceof Evaluation.Failed failed) {
      json.put("failed", failed.reason().token());
      json.put("message", failed.message());
    }
    return json;
  }
}
