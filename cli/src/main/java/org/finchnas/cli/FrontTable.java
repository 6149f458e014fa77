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
    List<String> titles =
        new ArrayList<>(List.of("#", "id", "accuracy", "MACs", "params", "peak bytes"));
    boolean timed = allHave(Objective.LATENCY);
    boolean sized = allHave(Objective.FILE_BYTES);
    if (timed) {
      titles.add("latency");
    }
    if (sized) {
      titles.add("file bytes");
    }
    Table table = new Table(titles.toArray(String[]::new));
    members.forEach(member -> table.row(row(member, timed, sized)));
    return table.lines();
  }

  /** Whether the search looked at an objective that not all searches look at. */
  private boolean allHave(Objective objective) {
    return !members.isEmpty()
        && members.stream().allMatch(member -> member.scores().containsKey(objective.name()));
  }

  private static String[] row(Completed member, boolean timed, boolean sized) {
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(member.candidate().number()));
    row.add(member.candidate().architecture().id().hex());
    row.add(Quantity.percent(member.score(Objective.VALIDATION_ACCURACY)));
    row.add(Quantity.rounded(member.score(Objective.MACS)));
    row.add(Quantity.rounded(member.score(Objective.PARAMS)));
    row.add(Quantity.rounded(member.score(Objective.PEAK_ACTIVATION_BYTES)));
    if (timed) {
      row.add(Quantity.millis(member.score(Objective.LATENCY)));
    }
    if (sized) {
      row.add(Quantity.count((long) member.score(Objective.FILE_BYTES)));
    }
    return row.toArray(String[]::new);
  }

  /** One line a member, for spreadsheets. */
  List<String> csv() {
    boolean timed = allHave(Objective.LATENCY);
    boolean sized = allHave(Objective.FILE_BYTES);
    List<String> lines = new ArrayList<>();
    lines.add(
        "number,id,validationAccuracy,macs,params,peakActivationBytes,"
            + (timed ? Objective.LATENCY.name() + "," : "")
            + (sized ? Objective.FILE_BYTES.name() + "," : "")
            + "epochs,images,resolution,architecture");
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
                  (timed ? member.score(Objective.LATENCY) + "," : "")
                      + (sized ? "%.0f,".formatted(member.score(Objective.FILE_BYTES)) : ""),
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
