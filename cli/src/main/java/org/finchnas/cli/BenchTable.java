package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evolution.tabular.BenchmarkParams;
import org.finchnas.evolution.tabular.BenchmarkResult;
import org.finchnas.evolution.tabular.BenchmarkTable;
import org.finchnas.evolution.tabular.Curve;

/** What a benchmark of strategies found, for people and for programs. */
record BenchTable(BenchmarkTable table, BenchmarkParams params) {

  List<String> heading() {
    return List.of(
        "%s: %s, best %s %s; %s, lag %d"
            .formatted(
                table.description().name(),
                Quantity.of(table.size(), "architecture"),
                table.description().reported(),
                figure(table.best()),
                Quantity.of(params.repeats(), "search"),
                params.lag()));
  }

  List<String> rows(List<BenchmarkResult> results) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Mean regret (quartiles) of the architecture that a strategy names, after");
    Table regret = heading("evaluations");
    results.forEach(result -> row(regret, result.strategy(), result.regret(), "%.3f"));
    lines.addAll(regret.lines());
    Table share = heading("distinct evaluations");
    for (BenchmarkResult result : results) {
      if (result.hypervolumeShare() != null) {
        row(share, result.strategy(), result.hypervolumeShare(), "%.4f");
      }
    }
    if (!table.description().hypervolumeCosts().isEmpty()) {
      lines.add("");
      lines.add("Hypervolume as a share of the true front's (%s), after".formatted(reference()));
      lines.addAll(share.lines());
    }
    results.stream()
        .filter(result -> result.infeasible() > 0)
        .map(
            result ->
                "%s: %s outside the limits or the table"
                    .formatted(result.strategy(), Quantity.of(result.infeasible(), "proposal")))
        .forEach(lines::add);
    return lines;
  }

  private Table heading(String first) {
    List<String> heading = new ArrayList<>(List.of(first));
    params.evaluations().forEach(each -> heading.add(Integer.toString(each)));
    return new Table(heading.toArray(String[]::new));
  }

  private void row(Table rows, String strategy, Curve curve, String format) {
    Curve at = curve.at(params.evaluations());
    List<String> cells = new ArrayList<>(List.of(strategy));
    for (int i = 0; i < at.evaluations().size(); i++) {
      String cell = format + " (" + format + "–" + format + ")";
      cells.add(
          String.format(
              Locale.ROOT,
              cell,
              at.mean().get(i),
              at.lowerQuartile().get(i),
              at.upperQuartile().get(i)));
    }
    rows.row(cells.toArray(String[]::new));
  }

  private String reference() {
    Hypervolume measure = table.hypervolume();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < measure.objectives().size(); i++) {
      parts.add(measure.objectives().get(i) + " from " + figure(measure.referencePoint().get(i)));
    }
    return String.join(", ", parts);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10_000 ? "%.4f" : "%.0f", value)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }

  Map<String, Object> json(BenchmarkResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("strategy", result.strategy());
    json.put("table", table.description().name());
    json.put("repeats", params.repeats());
    json.put("lag", params.lag());
    json.put("seed", params.seed());
    json.put("evaluations", params.evaluations());
    Curve regret = result.regret().at(params.evaluations());
    json.put("meanRegret", regret.mean());
    json.put("regretQuantiles", quantiles(regret));
    if (result.hypervolumeShare() != null) {
      Curve share = result.hypervolumeShare().at(params.evaluations());
      json.put("hypervolumeShare", share.mean());
      json.put("hypervolumeShareQuantiles", quantiles(share));
      json.put("referencePoint", table.hypervolume().referencePoint());
    }
    json.put("infeasible", result.infeasible());
    return json;
  }

  private static Map<String, Object> quantiles(Curve curve) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("0.25", curve.lowerQuartile());
    json.put("0.5", curve.median());
    json.put("0.75", curve.upperQuartile());
    return json;
  }
}
