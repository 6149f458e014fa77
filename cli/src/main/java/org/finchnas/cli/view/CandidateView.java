package org.finchnas.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.drawing.CellDrawing;
import org.jspecify.annotations.Nullable;

/** A candidate as the page sees it: a line among thousands, or alone with all that is known. */
record CandidateView(Scores scores, Rungs rungs) {

  /** What chart and table need. */
  Map<String, Object> line(ToldEvaluation told) {
    Candidate candidate = told.evaluation().candidate();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", told.number());
    json.put("id", candidate.design().id().hex());
    put(json, "parent", candidate.parent());
    put(json, "duplicateOf", told.duplicateOf());
    json.put("rung", rungs.fidelities().indexOf(candidate.fidelity()));
    json.put("at", told.elapsed().toMillis() / 1e3);
    Execution execution = told.evaluation().execution();
    if (execution != null) {
      json.put("took", execution.took().toMillis() / 1e3);
      json.put("where", execution.host() + ":" + execution.process());
    }
    if (told.evaluation() instanceof Completed completed) {
      json.put("scores", scores.row(completed.scores()));
      json.put("images", completed.trainedImages());
    } else if (told.evaluation() instanceof Failed failed) {
      json.put("failed", failed.reason().token());
      json.put("message", failed.message());
    }
    return json;
  }

  /** All that is known of one. */
  Map<String, Object> details(ToldEvaluation told, History history) {
    Candidate candidate = told.evaluation().candidate();
    Map<String, Object> json = line(told);
    json.put("architecture", candidate.design().notation());
    json.put("drawn", candidate.design() instanceof Architecture);
    json.put("seed", Long.toString(candidate.seed()));
    Map<String, Object> fidelity = new LinkedHashMap<>();
    fidelity.put("epochs", candidate.fidelity().epochs());
    fidelity.put("images", candidate.fidelity().trainImages());
    fidelity.put("resolution", candidate.fidelity().resolution());
    if (candidate.fidelity().folds() > 1) {
      fidelity.put("folds", candidate.fidelity().folds());
    }
    json.put("fidelity", fidelity);
    putStart(json, candidate.start());
    if (told.evaluation() instanceof Completed completed) {
      json.put("inheritedShare", completed.inheritedShare());
      json.put("weights", completed.weights());
    }
    json.put("curve", curve(history.curve(told)));
    json.put("lineage", new Lineage(history.lineage(told), scores).json());
    return json;
  }

  /** Its cells as an SVG document; null of a published network. */
  static @Nullable String drawing(ToldEvaluation told) {
    return told.evaluation().candidate().design() instanceof Architecture architecture
        ? CellDrawing.svg(architecture)
        : null;
  }

  private static void putStart(Map<String, Object> json, @Nullable Start start) {
    if (start != null) {
      Map<String, Object> from = new LinkedHashMap<>();
      from.put("kind", start.kind().token());
      from.put("number", start.number());
      json.put("start", from);
    }
  }

  private static List<List<@Nullable Double>> curve(List<Epoch> epochs) {
    List<List<@Nullable Double>> curve = new ArrayList<>();
    for (Epoch epoch : epochs) {
      curve.add(Arrays.asList(finite(epoch.trainLoss()), finite(epoch.validationAccuracy())));
    }
    return curve;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
