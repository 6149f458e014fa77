package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Without lower rungs the images alone, unless the log of an older run does not tell them. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (summary.rungs().size() > 1) {
      summary.rungs().forEach(rung -> lines.add(line(rung)));
      RungSummary.Agreement agreement = summary.agreement();
      if (agreement.count() > 1) {
        lines.add(
            "lowest rung against highest: "
                + Quantity.kendallTau(agreement.kendallTau(), agreement.count()));
      }
    }
    if (summary.trainedImages() > 0) {
      lines.add("images trained %s".formatted(Quantity.count(summary.trainedImages())));
    }
    return lines;
  }

  private static String line(RungSummary.Rung rung) {
    return "rung %s: %d evaluations, %d trained"
        .formatted(name(rung.fidelity()), rung.told(), rung.completed());
  }

  static String name(Fidelity fidelity) {
    return "%d epoch%s%s%s%s"
        .formatted(
            fidelity.epochs(),
            fidelity.epochs() == 1 ? "" : "s",
            fidelity.trainImages() == 0 ? "" : " of %d images".formatted(fidelity.trainImages()),
            fidelity.resolution() == 0 ? "" : " at %1$dx%1$d".formatted(fidelity.resolution()),
            fidelity.folds() == 1 ? "" : " in %d folds".formatted(fidelity.folds()));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    if (summary.trainedImages() > 0) {
      json.put("trainedImages", summary.trainedImages());
    }
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
    Map<String, Object> json = fidelity(rung.fidelity());
    json.put("evaluations", rung.told());
    json.put("completed", rung.completed());
    return json;
  }

  static Map<String, Object> fidelity(Fidelity fidelity) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epochs", fidelity.epochs());
    json.put("images", fidelity.trainImages());
    json.put("resolution", fidelity.resolution());
    if (fidelity.folds() > 1) {
      json.put("folds", fidelity.folds());
    }
    return json;
  }
}
