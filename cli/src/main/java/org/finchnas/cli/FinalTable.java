package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;

/**
 * What was exported, with the accuracy that counts: on test images, which nothing was chosen by.
 *
 * @param rows in the order of the front
 */
record FinalTable(List<Row> rows) {

  /**
   * One model.
   *
   * @param member of the front, as the search trained it
   * @param trained as it was exported: trained for use, or the member itself
   * @param testAccuracy of what was exported
   * @param testImages how many it was measured on
   */
  record Row(Completed member, Completed trained, double testAccuracy, int testImages) {

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("number", member.candidate().number());
      json.put("id", member.candidate().architecture().id().hex());
      json.put("searchAccuracy", member.score(Objective.VALIDATION_ACCURACY));
      json.put("fidelity", RungLines.fidelity(trained.candidate().fidelity()));
      json.put("validationAccuracy", trained.score(Objective.VALIDATION_ACCURACY));
      json.put("testAccuracy", testAccuracy);
      json.put("testImages", testImages);
      json.put("weights", trained.weights());
      return json;
    }
  }

  FinalTable {
    rows = List.copyOf(rows);
  }

  /** Empty if nothing was exported. */
  List<String> lines() {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> lines =
        new ArrayList<>(List.of("", "Exported (no choice was made by test images):"));
    Table table = new Table("#", "id", "in the search", "epochs", "validation", "test");
    for (Row row : rows) {
      table.row(
          Integer.toString(row.member.candidate().number()),
          row.member.candidate().architecture().id().hex(),
          Quantity.percent(row.member.score(Objective.VALIDATION_ACCURACY)),
          Integer.toString(row.trained.candidate().fidelity().epochs()),
          Quantity.percent(row.trained.score(Objective.VALIDATION_ACCURACY)),
          Quantity.percent(row.testAccuracy));
    }
    lines.addAll(table.lines());
    return lines;
  }

  List<Map<String, Object>> json() {
    return rows.stream().map(Row::json).toList();
  }
}
