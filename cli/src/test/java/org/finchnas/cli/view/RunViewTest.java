package org.finchnas.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page is given of a run, beside what is computed here anew. */
class RunViewTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;

  RunViewTest(@TempDir Path folder) {
    this.path = folder.resolve("run");
  }

  private RunView view(List<ToldEvaluation> told) {
    GeneratedRun.write(path, 300, told);
    return new RunView(RecordedRun.read(path));
  }

  private static JsonNode json(Object value) {
    return JSON.valueToTree(value);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theGrowthIsThatOfTheAreaUnderTheFront(long seed) {
    List<ToldEvaluation> told = GeneratedRun.told(250, seed);
    JsonNode progress = json(view(told).progress());
    List<Completed> full = fullTrained(told);
    double largest = full.stream().mapToDouble(e -> e.score(Objective.MACS)).max().orElseThrow();
    double reference = progress.get("hypervolume").get("reference").get("macs").doubleValue();
    assertThat(reference).isGreaterThan(largest);

    // Monte Carlo by strips: the best accuracy at or below each cost.
    int strips = 200_000;
    double area = 0;
    List<Completed> byCost = new ArrayList<>(full);
    byCost.sort((a, b) -> Double.compare(a.score(Objective.MACS), b.score(Objective.MACS)));
    int next = 0;
    double best = 0;
    for (int i = 0; i < strips; i++) {
      double cost = reference * (i + 0.5) / strips;
      while (next < byCost.size() && byCost.get(next).score(Objective.MACS) <= cost) {
        best = Math.max(best, byCost.get(next++).score(Objective.VALIDATION_ACCURACY));
      }
      area += best / strips;
    }
    JsonNode steps = progress.get("hypervolume").get("steps");
    assertThat(steps.get(steps.size() - 1).get(2).doubleValue())
        .isCloseTo(area, org.assertj.core.api.Assertions.within(1e-4));
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i).get(2).doubleValue())
          .isGreaterThanOrEqualTo(steps.get(i - 1).get(2).doubleValue());
    }
  }

  private static List<Completed> fullTrained(List<ToldEvaluation> told) {
    return told.stream()
        .filter(each -> each.duplicateOf() == null)
        .map(ToldEvaluation::evaluation)
        .filter(Completed.class::isInstance)
        .map(Completed.class::cast)
        .filter(each -> each.candidate().fidelity().equals(GeneratedRun.config(1).fidelity()))
        .toList();
  }

  @Test
  void theFrontIsWhatNothingIsBetterThan() {
    List<ToldEvaluation> told = GeneratedRun.told(250, 4);
    List<Completed> full = fullTrained(told);
    List<Integer> expected = new ArrayList<>();
    for (Completed each : full) {
      boolean beaten = full.stream().anyMatch(other -> dominates(other, each));
      if (!beaten) {
        expected.add(each.candidate().number());
      }
    }
    List<Integer> front = new ArrayList<>();
    json(view(told).progress()).get("front").forEach(number -> front.add(number.intValue()));
    assertThat(front).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static boolean dominates(Completed a, Completed b) {
    double accuracy =
        a.score(Objective.VALIDATION_ACCURACY) - b.score(Objective.VALIDATION_ACCURACY);
    double macs = b.score(Objective.MACS) - a.score(Objective.MACS);
    return accuracy >= 0 && macs >= 0 && (accuracy > 0 || macs > 0);
  }

  @Test
  void everyEvaluationIsALineAndEveryLineOneEvaluation() {
    List<ToldEvaluation> told = GeneratedRun.told(250, 5);
    RunView view = view(told);
    JsonNode lines = json(view.lines(0));
    assertThat(lines).hasSize(250);
    for (ToldEvaluation each : told) {
      JsonNode line = lines.get(each.number());
      assertThat(line.get("number").intValue()).isEqualTo(each.number());
      assertThat(line.has("failed")).isEqualTo(!(each.evaluation() instanceof Completed));
      assertThat(line.has("duplicateOf")).isEqualTo(each.duplicateOf() != null);
      if (each.evaluation() instanceof Completed completed) {
        assertThat(line.get("scores").get(0).doubleValue())
            .isEqualTo(completed.score(Objective.VALIDATION_ACCURACY));
      }
    }
    assertThat(json(view.lines(240))).hasSize(10);
    assertThat(view.csv().lines()).hasSize(251);
    assertThat(view.frontCsv().lines()).hasSize(1 + json(view.progress()).get("front").size());
  }

  @Test
  void aSpreadsheetGetsHarmfulTextAsText() {
    List<ToldEvaluation> told = GeneratedRun.told(250, 6);
    String csv = view(told).csv();
    String harm = GeneratedRun.HARM.replace("\"", "\"\"");
    assertThat(csv).contains(harm);
    int columns = fields(csv.lines().findFirst().orElseThrow());
    csv.lines().forEach(line -> assertThat(fields(line)).as(line).isEqualTo(columns));
  }

  private static int fields(String line) {
    return (int) line.replaceAll("\"(?:[^\"]|\"\")*\"", "").chars().filter(c -> c == ',').count()
        + 1;
  }

  @Test
  void aChangeIsToldInTheWordsOfTheNotation() {
    Architecture parent =
        Architecture.parse(
            "n=1,f=8,stem=cifar,image=32:normal=sep_conv_3x3@0+skip_connect@1:reduction=max_pool_3x3@0+conv_1x1@1");
    Architecture child =
        Architecture.parse(
            "n=2,f=8,stem=cifar,image=32:normal=sep_conv_5x5@0+skip_connect@1:reduction=max_pool_3x3@0+conv_1x1@0");
    assertThat(CellChange.between(parent, child))
        .containsExactly(
            "normal cell, block 2, left: sep_conv_3x3 → sep_conv_5x5",
            "reduction cell, block 2, right input: 1 → 0",
            "cells per stack: 1 → 2");
    assertThat(CellChange.between(parent, parent)).isEmpty();
  }

  @Test
  void aLearningCurveGoesOnFromRungToRung() {
    List<ToldEvaluation> told = GeneratedRun.told(250, 7);
    ToldEvaluation promoted =
        told.stream()
            .filter(
                each ->
                    each.evaluation() instanceof Completed
                        && each.evaluation().candidate().start() != null)
            .findFirst()
            .orElseThrow();
    JsonNode details = json(view(told).details(promoted.number()).orElseThrow());
    assertThat(details.get("curve")).hasSize(promoted.evaluation().candidate().fidelity().epochs());
    assertThat(details.get("lineage").get(0).get("changes").get(0).textValue())
        .isEqualTo("goes on to 6 epochs");
  }
}
