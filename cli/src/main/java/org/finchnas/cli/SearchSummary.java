package org.finchnas.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.coordinator.SearchResult;
import org.finchnas.coordinator.config.SearchConfig;

/**
 * What a search found, as people and programs are told it.
 *
 * @param run the folder of the run
 */
record SearchSummary(
    Path run, SearchConfig config, SearchResult result, FrontTable front, BaselineTable baselines) {

  static SearchSummary of(
      Path run, SearchConfig config, SearchResult result, BaselineTable baselines) {
    return new SearchSummary(
        run, config, result, FrontTable.of(result.history(), config), baselines);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%d evaluations, %d duplicates, failed: %s, rejected before training: %s"
            .formatted(
                result.evaluations(),
                result.duplicates(),
                result.failed().isEmpty() ? "none" : result.failed(),
                result.rejected().isEmpty() ? "none" : result.rejected()));
    if (result.end() == SearchResult.End.STAGNATION) {
      lines.add(
          "ended before its budget: the front stood still for %s"
              .formatted(Quantity.of(requireNonNull(config.budget().stagnation()), "evaluation")));
    }
    lines.addAll(rungs().lines());
    lines.addAll(proxies().lines());
    lines.add("");
    lines.add("Front (validation accuracy on held-out images):");
    front.caveat().ifPresent(lines::add);
    lines.addAll(front.lines());
    List<String> compared = baselines.lines();
    if (!compared.isEmpty()) {
      lines.add("");
      lines.addAll(compared);
    }
    return lines;
  }

  /** What a person may do with it. */
  List<String> next() {
    if (front.members().isEmpty()) {
      return List.of(
          "Nothing could be trained. %s says why.".formatted(Places.command("status", run)));
    }
    String best = run + "#" + front.members().get(0).candidate().number();
    Map<String, String> steps = new LinkedHashMap<>();
    steps.put(
        Places.command("describe", best, "--svg", "cells.svg"), "draws the best network's cells");
    if (config.finals().isAsked()) {
      steps.put(
          Places.command("export", best, "--format", "tflite,coreml"), "writes it for phones");
    } else {
      steps.put(Places.command("train", best, "--epochs", 30), "trains it longer, for use");
    }
    steps.put(Places.command("pareto", run, "--csv"), "the front as a table");
    int width = steps.keySet().stream().mapToInt(String::length).max().orElseThrow();
    List<String> lines = new ArrayList<>(List.of("", "Next:"));
    steps.forEach(
        (command, does) ->
            lines.add("  " + command + " ".repeat(width + 2 - command.length()) + does));
    return lines;
  }

  Map<String, Object> json(FrontExport export) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.toString());
    json.put("end", result.end().name().toLowerCase(Locale.ROOT));
    json.put("evaluations", result.evaluations());
    json.put("failed", result.failed().values().stream().mapToInt(Integer::intValue).sum());
    json.put("rejectedByReason", new TreeMap<>(result.rejected()));
    json.putAll(rungs().json());
    json.putAll(proxies().json());
    json.put("front", front.json());
    if (!config.baselines().isEmpty()) {
      json.put("baselines", baselines.json());
    }
    json.put("exported", export.table().json());
    json.put("models", export.models().stream().map(model -> model.file().toString()).toList());
    if (config.device() != null) {
      json.put("latencies", export.latencies().json());
    }
    return json;
  }

  private RungLines rungs() {
    return RungLines.of(result.history(), config.rungs());
  }

  private ProxyLines proxies() {
    return ProxyLines.of(result.history(), config);
  }
}
