package org.finchnas.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a run, read as the format's description says. */
class RunMetricsTest {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(\\{(?:[a-z_]+=\"[^\"]*\",?)*})? (\\S+)");

  private static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new HashMap<>();
    for (String line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as(line).isTrue();
      String labels = sample.group(2) == null ? "" : sample.group(2);
      samples.put(sample.group(1) + labels, Double.parseDouble(sample.group(3)));
    }
    return samples;
  }

  @Test
  void countsWhatTheLogHolds(@TempDir Path folder) {
    List<ToldEvaluation> told = GeneratedRun.told(200, 9);
    GeneratedRun.write(folder.resolve("run"), 300, told);
    RecordedRun run = RecordedRun.read(folder.resolve("run"));

    Map<String, Double> samples = samples(RunMetrics.text(run, Optional.empty()));

    double duplicates =
        told.stream()
            .filter(each -> each.duplicateOf() != null && !(each.evaluation() instanceof Failed))
            .count();
    double failed = told.stream().filter(each -> each.evaluation() instanceof Failed).count();
    assertThat(samples)
        .containsEntry("finch_evaluations_total{outcome=\"completed\"}", 200 - duplicates - failed)
        .containsEntry("finch_evaluations_total{outcome=\"duplicate\"}", duplicates)
        .containsEntry("finch_budget_evaluations", 300.0)
        .containsEntry("finch_running", 0.0)
        .containsEntry("finch_slots", 0.0);
    assertThat(
            samples.entrySet().stream()
                .filter(each -> each.getKey().startsWith("finch_failures_total"))
                .mapToDouble(Map.Entry::getValue)
                .sum())
        .isEqualTo(failed);
    assertThat(samples.get("finch_hypervolume_ratio")).isBetween(0.01, 1.0);
    assertThat(samples.get("finch_front_candidates")).isGreaterThan(1);
    assertThat(samples.keySet()).anyMatch(each -> each.startsWith("finch_run_info{"));
  }
}
