package org.finchnas.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.Objective;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations as comma-separated values (RFC 4180), one a line, with the words of the log. What
 * spreadsheets would take for a formula is kept from them by an apostrophe.
 */
record EvaluationCsv(Scores scores) {

  private static final String BEFORE_SCORES =
      "number,id,parent,duplicateOf,status,reason,message,epochs,images,resolution,seed";
  private static final String AFTER_SCORES =
      "trainedImages,inheritedShare,elapsedSeconds,tookSeconds,started,host,process,architecture";

  String text(List<ToldEvaluation> told) {
    String names =
        scores.shown().stream().map(Objective::name).collect(Collectors.joining(",", ",", ","));
    return told.stream()
        .map(this::line)
        .collect(Collectors.joining("", BEFORE_SCORES + names + AFTER_SCORES + "\r\n", ""));
  }

  private String line(ToldEvaluation told) {
    List<@Nullable Object> fields = new ArrayList<>();
    Candidate candidate = told.evaluation().candidate();
    fields.add(told.number());
    fields.add(candidate.design().id().hex());
    fields.add(candidate.parent());
    fields.add(told.duplicateOf());
    addOutcome(fields, told);
    fields.add(candidate.fidelity().epochs());
    fields.add(candidate.fidelity().trainImages());
    fields.add(candidate.fidelity().resolution());
    fields.add(candidate.seed());
    addScores(fields, told);
    fields.add(told.elapsed().toMillis() / 1e3);
    addExecution(fields, told.evaluation().execution());
    fields.add(candidate.design().notation());
    return fields.stream().map(EvaluationCsv::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static void addOutcome(List<@Nullable Object> fields, ToldEvaluation told) {
    boolean failed = told.evaluation() instanceof Failed;
    fields.add(failed ? "failed" : "completed");
    fields.add(told.evaluation() instanceof Failed failure ? failure.reason().token() : null);
    fields.add(told.evaluation() instanceof Failed failure ? failure.message() : null);
  }

  private void addScores(List<@Nullable Object> fields, ToldEvaluation told) {
    if (told.evaluation() instanceof Completed completed) {
      fields.addAll(scores.row(completed.scores()));
      fields.add(completed.trainedImages());
      fields.add(completed.inheritedShare());
    } else {
      for (int i = 0; i < scores.shown().size() + 2; i++) {
        fields.add(null);
      }
    }
  }

  private static void addExecution(List<@Nullable Object> fields, @Nullable Execution execution) {
    fields.add(execution == null ? null : execution.took().toMillis() / 1e3);
    fields.add(execution == null ? null : execution.started());
    fields.add(execution == null ? null : execution.host());
    fields.add(execution == null ? null : execution.process());
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    boolean formula = value instanceof String && text.matches("(?s)[=+@\\t\\r-].*");
    String safe = formula ? "'" + text : text;
    boolean quoted = safe.matches("(?s).*[,\"\\r\\n].*");
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
