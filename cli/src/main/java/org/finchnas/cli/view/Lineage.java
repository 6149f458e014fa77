package org.finchnas.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.searchspace.Architecture;

/** From a candidate back to its founder, and what each step changed. */
record Lineage(List<ToldEvaluation> members, Scores scores) {

  Lineage {
    members = List.copyOf(members);
  }

  /** The candidate first; what a step gained is for the page to subtract. */
  List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      ToldEvaluation member = members.get(i);
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("number", member.number());
      each.put("id", member.evaluation().candidate().design().id().hex());
      if (member.evaluation() instanceof Completed completed) {
        each.put("scores", scores.row(completed.scores()));
      }
      each.put(
          "changes",
          i + 1 < members.size() ? changes(members.get(i + 1), member) : List.of("founder"));
      json.add(each);
    }
    return json;
  }

  private static List<String> changes(ToldEvaluation from, ToldEvaluation to) {
    Candidate child = to.evaluation().candidate();
    if (History.isPromoted(child)) {
      return List.of("goes on to %d epochs".formatted(child.fidelity().epochs()));
    }
    if (from.evaluation().candidate().design() instanceof Architecture parent
        && child.design() instanceof Architecture architecture) {
      List<String> changes = CellChange.between(parent, architecture);
      return changes.isEmpty() ? List.of("no change") : changes;
    }
    return List.of();
  }
}
