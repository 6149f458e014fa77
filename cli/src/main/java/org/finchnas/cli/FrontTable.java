package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.finchnas.coordinator.RungSummary;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ParetoFront;
import org.finchnas.evaluation.Rungs;

/** The front of what was told, as people and programs see it. */
record FrontTable(List<Objective> objectives, Rungs rungs, List<Completed> members) {

  private static final double LARGEST_WHOLE = 1L << 53;

  /** Of evaluations at the full fidelity; while there are none, of the highest rung reached. */
  static FrontTable of(List<ToldEvaluation> told, SearchConfig config) {
    ParetoFront<Completed> front = ParetoFront.ofEvaluations(config.objectives());
    RungSummary.highest(told, config.rungs()).forEach(front::add);
    return new FrontTable(config.objectives(), config.rungs(), front.members());
  }

  /** Which rung the members are of, where that is not the full fidelity; else empty. */
  Optional<String> caveat() {
    return rung().map("No candidate reached the full fidelity; front of "::concat);
  }

  /** The rung that the members are of, where that is not the full one. */
  Optional<String> rung() {
    return members.stream()
        .map(member -> member.candidate().fidelity())
        .filter(reached -> !reached.equals(rungs.full()))
        .findFirst()
        .map(
            reached ->
                "rung %d: %s".formatted(rungs.indexOf(reached) + 1, RungLines.name(reached)));
  }

  List<String> lines() {
    boolean timed = isTimed();
    Table table =
        timed
            ? new Table("#", "id", "accuracy", "MACs", "params", "peak bytes", "latency")
            : new Table("#", "id", "accuracy", "MACs", "params", "peak bytes");
    for (Completed member : members) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(member.candidate().number()));
      cells.add(member.candidate().architecture().id().hex());
      cells.add(Quantity.percent(member.score(Objective.VALIDATION_ACCURACY)));
      cells.add(Quantity.rounded(member.score(Objective.MACS)));
      cells.add(Quantity.rounded(member.score(Objective.PARAMS)));
      cells.add(Quantity.rounded(member.score(Objective.PEAK_ACTIVATION_BYTES)));
      if (timed) {
        cells.add(Quantity.millis(member.score(Objective.LATENCY)));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table.lines();
  }

  /** Whether latencies were estimated for a device. */
  private boolean isTimed() {
    return !members.isEmpty()
        && members.stream()
            .allMatch(member -> member.scores().containsKey(Objective.LATENCY.name()));
  }

  /** One line a member, for spreadsheets. */
  List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "number,id,validationAccuracy,macs,params,peakActivationBytes,%sepochs,images,resolution,architecture"
            .formatted(isTimed() ? Objective.LATENCY.name() + "," : ""));
    for (Completed member : members) {
      lines.add(
          "%d,%s,%s,%.0f,%.0f,%.0f,%s%d,%d,%d,\"%s\""
              .formatted(
                  member.candidate().number(),
                  member.candidate().architecture().id(),
                  member.score(Objective.VALIDATION_ACCURACY),
                  member.score(Objective.MACS),
                  member.score(Objective.PARAMS),
                  member.score(Objective.PEAK_ACTIVATION_BYTES),
                  isTimed() ? member.score(Objective.LATENCY) + "," : "",
                  member.candidate().fidelity().epochs(),
                  member.candidate().fidelity().trainImages(),
                  member.candidate().fidelity().resolution(),
                  member.candidate().architecture().notation()));
    }
    return lines;
  }

  List<Map<String, Object>> json() {
    return members.stream().map(FrontTable::json).toList();
  }

  private static Map<String, Object> json(Completed member) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", member.candidate().architecture().id().hex());
    json.put("number", member.candidate().number());
    json.put("architecture", member.candidate().architecture().notation());
    json.put("fidelity", RungLines.fidelity(member.candidate().fidelity()));
    new TreeMap<>(member.scores()).forEach((name, score) -> json.put(name, number(score)));
    return json;
  }

  /** Whole numbers have no fraction, as in the log. */
  static Number number(double score) {
    if (score == Math.rint(score) && Math.abs(score) <= LARGEST_WHOLE) {
      return (long) score;
    }
    return score;
  }
}
