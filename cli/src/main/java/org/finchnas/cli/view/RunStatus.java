package org.finchnas.cli.view;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.run.PauseMark;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Execution;
import org.jspecify.annotations.Nullable;

/** Where a run stands: what it does, how long it took and what is left. */
public final class RunStatus {

  /** Evaluations that say how fast it is now. */
  private static final int RECENT = 50;

  private RunStatus() {}

  /**
   * As maps and lists of what JSON knows.
   *
   * @param process that works on the run, if one does
   */
  public static Map<String, Object> of(
      Path run, SearchConfig config, List<ToldEvaluation> told, Optional<String> process) {
    SearchBudget budget = config.budget();
    Duration elapsed = told.isEmpty() ? Duration.ZERO : told.get(told.size() - 1).elapsed();
    double perSecond = perSecond(told);
    Workers workers = new Workers(run);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("phase", phase(run, told.size() >= budget.evaluations(), process.isPresent()));
    process.ifPresent(pid -> json.put("process", pid));
    json.put("told", told.size());
    json.put("elapsed", elapsed.toMillis() / 1e3);
    put(json, "since", lastEnd(told));
    json.put("slotSeconds", slotSeconds(told));
    json.put("trainedImages", trainedImages(told));
    json.put("perMinute", 60 * perSecond);
    put(json, "left", left(budget, told.size(), elapsed, perSecond));
    json.put("cluster", workers.isCluster());
    json.put("workers", process.isPresent() ? workers.json() : List.of());
    return json;
  }

  private static String phase(Path run, boolean spent, boolean running) {
    if (running && spent) {
      return "finishing";
    }
    if (running) {
      return new PauseMark(run).isSet() ? "paused" : "searching";
    }
    return spent ? "finished" : "stopped";
  }

  private static double slotSeconds(List<ToldEvaluation> told) {
    return told.stream()
        .map(each -> each.evaluation().execution())
        .mapToDouble(execution -> execution == null ? 0 : execution.took().toMillis() / 1e3)
        .sum();
  }

  private static long trainedImages(List<ToldEvaluation> told) {
    return told.stream()
        .filter(each -> each.duplicateOf() == null)
        .mapToLong(
            each ->
                each.evaluation() instanceof Completed completed ? completed.trainedImages() : 0)
        .sum();
  }

  /** Evaluations in a second of search, lately. */
  private static double perSecond(List<ToldEvaluation> told) {
    int first = Math.max(0, told.size() - RECENT);
    if (told.isEmpty()) {
      return 0;
    }
    Duration before = first == 0 ? Duration.ZERO : told.get(first - 1).elapsed();
    Duration spent = told.get(told.size() - 1).elapsed().minus(before);
    return spent.isZero() || spent.isNegative()
        ? 0
        : (told.size() - first) / (spent.toMillis() / 1e3);
  }

  /** In seconds, from when the last was told; null while nothing is known. */
  private static @Nullable Double left(
      SearchBudget budget, int told, Duration elapsed, double perSecond) {
    if (told == 0 || perSecond == 0) {
      return null;
    }
    double left = Math.max(0, budget.evaluations() - told) / perSecond;
    Duration limit = budget.wallTime();
    return limit == null
        ? left
        : Math.max(0, Math.min(left, limit.minus(elapsed).toMillis() / 1e3));
  }

  /** When the last training ended, in milliseconds since 1970; null if none did. */
  private static @Nullable Long lastEnd(List<ToldEvaluation> told) {
    for (int i = told.size() - 1; i >= Math.max(0, told.size() - RECENT); i--) {
      Execution execution = told.get(i).evaluation().execution();
      if (execution != null) {
        return execution.started().plus(execution.took()).toEpochMilli();
      }
    }
    return null;
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
