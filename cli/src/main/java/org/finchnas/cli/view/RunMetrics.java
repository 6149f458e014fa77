package org.finchnas.cli.view;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Objective;

/** Where a run stands as metrics that Prometheus scrapes. */
public final class RunMetrics {

  /** Of what {@link #text} gives. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();

  private RunMetrics() {}

  /**
   * In Prometheus' text format.
   *
   * @param process that works on the run, if one does
   */
  public static String text(RecordedRun run, Optional<String> process) {
    RunMetrics metrics = new RunMetrics();
    metrics.addRun(run);
    metrics.addEvaluations(run.told());
    metrics.addStatus(RunStatus.of(run.path(), run.config(), run.told(), process));
    metrics.addFront(run);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(out, metrics.metrics.build(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new IllegalStateException("Memory is always writable.", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private void addRun(RecordedRun run) {
    Labels labels =
        Labels.of(
            "name", run.config().name(),
            "data_set", run.provenance().dataSet(),
            "strategy", run.config().strategy().kind().token(),
            "seed", Long.toString(run.config().seed()),
            "version", run.provenance().version());
    metrics.metricSnapshot(
        InfoSnapshot.builder()
            .name("finch_run")
            .help("The run.")
            .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
            .build());
    gauge(
        "finch_budget_evaluations",
        "Evaluations after which the search ends.",
        run.config().budget().evaluations());
  }

  private void addEvaluations(List<ToldEvaluation> told) {
    Map<String, Integer> outcomes = new TreeMap<>(Map.of("completed", 0, "duplicate", 0));
    Map<String, Integer> failures = new TreeMap<>();
    for (ToldEvaluation each : told) {
      if (each.evaluation() instanceof Failed failed) {
        failures.merge(failed.reason().token(), 1, Integer::sum);
      } else {
        outcomes.merge(each.duplicateOf() == null ? "completed" : "duplicate", 1, Integer::sum);
      }
    }
    counter("finch_evaluations", "Evaluations told that have an accuracy.", "outcome", outcomes);
    counter("finch_failures", "Evaluations told that failed.", "reason", failures);
  }

  private void addStatus(Map<String, Object> status) {
    String phase = String.valueOf(status.get("phase"));
    boolean running = status.containsKey("process");
    gauge("finch_running", "Whether a process works on the run.", running ? 1 : 0);
    gauge("finch_paused", "Whether the search is paused.", phase.equals("paused") ? 1 : 0);
    total("finch_search_seconds", "Time spent searching.", number(status, "elapsed"));
    total("finch_training_seconds", "Time spent in slots.", number(status, "slotSeconds"));
    total("finch_trained_images", "Images seen in training.", number(status, "trainedImages"));
    gauge(
        "finch_evaluations_per_second",
        "Evaluations told in a second of search, lately.",
        number(status, "perMinute") / 60);
    List<?> workers = status.get("workers") instanceof List<?> list ? list : List.of();
    gauge("finch_slots", "Slots that are ready.", sum(workers, "slots"));
    gauge("finch_slots_busy", "Slots that train.", sum(workers, "busy"));
  }

  private static double sum(List<?> workers, String field) {
    return workers.stream()
        .mapToDouble(
            worker ->
                worker instanceof Map<?, ?> map && map.get(field) instanceof Number number
                    ? number.doubleValue()
                    : 0)
        .sum();
  }

  private void addFront(RecordedRun run) {
    Attainment attainment = Attainment.of(run.told(), run.config());
    gauge("finch_front_candidates", "Candidates on the front.", attainment.front().size());
    if (!attainment.steps().isEmpty()) {
      double share = attainment.steps().get(attainment.steps().size() - 1).share();
      gauge("finch_hypervolume_ratio", "Share of the box that the front dominates.", share);
      History history = new History(run.told());
      attainment.front().stream()
          .flatMap(number -> history.find(number).stream())
          .map(ToldEvaluation::evaluation)
          .filter(Completed.class::isInstance)
          .mapToDouble(each -> ((Completed) each).score(Objective.VALIDATION_ACCURACY))
          .max()
          .ifPresent(best -> gauge("finch_best_validation_accuracy_ratio", "Of the front.", best));
    }
  }

  private static double number(Map<String, Object> status, String field) {
    return status.get(field) instanceof Number number ? number.doubleValue() : 0;
  }

  private void gauge(String name, String help, double value) {
    metrics.metricSnapshot(
        GaugeSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
            .build());
  }

  private void total(String name, String help, double value) {
    metrics.metricSnapshot(
        CounterSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
            .build());
  }

  private void counter(String name, String help, String label, Map<String, Integer> counts) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    counts.forEach(
        (value, count) ->
            counter.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(Labels.of(label, value))
                    .value(count)
                    .build()));
    metrics.metricSnapshot(counter.build());
  }
}
