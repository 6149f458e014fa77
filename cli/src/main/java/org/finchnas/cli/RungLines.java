package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finchnas.coordinator.RungSummary;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Rungs;

/** What a search did on each rung, as people and programs see it. */
record RungLines(RungSummary summary) {

  static RungLines of(List<ToldEvaluation> told, Rungs rungs) {
    return new RungLines(RungSummary.of(told, rungs));
  }

  /** Without lower rungs the images alone. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (summary.rungs().size() > 1) {
      summary.rungs().forEach(rung -> lines.add(line(rung)));
      RungSummary.Agreement agreement = summary.agreement();
      if (agreement.count() > 1) {
        lines.add(
            String.format(
                Locale.ROOT,
                "lowest rung against highest: Kendall tau %.2f of %d candidates",
                agreement.kendallTau(),
                agreement.count()));
      }
    }
    lines.add("images trained %s".formatted(Quantity.count(summary.trainedImages())));
    return lines;
  }

  private static String line(RungSummary.Rung rung) {
    return "rung %s: %d evaluations, %d trained"
        .formatted(name(rung.fidelity()), rung.told(), rung.completed());
  }

  private static String name(Fidelity fidelity) {
    return "%d epoch%s%s%s"
        .formatted(
            fidelity.epochs(),
            fidelity.epochs() == 1 ? "" : "s",
            fidelity.trainImages() == 0 ? "" : " of %d images".formatted(fidelity.trainImages()),
            fidelity.resolution() == 0 ? "" : " at %1$dx%1$d".formatted(fidelity.resolution()));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trainedImages", summary.trainedImages());
    json.put("rungs", summary.rungs().stream().map(RungLines::json).toList());
    if (summary.agreement().count() > 1) {
      Map<String, Object> agreement = new LinkedHashMap<>();
      agreement.put("count", summary.agreement().count());
      double tau = summary.agreement().kendallTau();
      if (!Double.isNaN(tau)) {
        agreement.put("kendallTau", tau);
      }
      json.put("lowestRungWithHighest", agreement);
    }
    return json;
  }

  private static Map<String, Object> json(RungSummary.Rung rung) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epochs", rung.fidelity().epochs());
    json.put("images", rung.fidelity().trainImages());
    json.put("resolution", rung.fidelity().resolution());
    json.put("evaluations", rung.told());
    json.put("trained", rung.completed());
    return json;
  }
}
