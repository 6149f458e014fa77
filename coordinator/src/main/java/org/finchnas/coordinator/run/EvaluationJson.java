package org.finchnas.coordinator.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.Design;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations as JSON objects: what equal searches agree on first, in one order, then under {@code
 * where} and {@code when} what may differ. Scores are fields of their own.
 */
public final class EvaluationJson {

  private static final Set<String> NO_SCORES =
      Set.of(
          "number",
          "id",
          "architecture",
          "fidelity",
          "seed",
          "parent",
          "start",
          "trainedImages",
          "inheritedShare",
          "status",
          "reason",
          "message",
          "curve",
          "weights",
          "duplicateOf",
          "where",
          "when");
  private static final String COMPLETED = "completed";
  private static final String FAILED = "failed";

  private EvaluationJson() {}

  static String write(ToldEvaluation told) {
    ObjectNode node = common(told.evaluation());
    if (told.duplicateOf() != null) {
      node.put("duplicateOf", told.duplicateOf());
    }
    Json.put(putExecution(node, told.evaluation().execution()), "elapsedSeconds", told.elapsed());
    return node.toString();
  }

  /** On one line. */
  public static String write(Evaluation evaluation) {
    ObjectNode node = common(evaluation);
    putExecution(node, evaluation.execution());
    return node.toString();
  }

  /** On one line. */
  public static String write(Candidate candidate) {
    ObjectNode node = Json.object();
    putCandidate(node, candidate);
    return node.toString();
  }

  /**
   * The inverse of {@link #write(Evaluation)}.
   *
   * @throws IllegalArgumentException if the text is none; says what is wrong
   */
  public static Evaluation evaluation(String text) {
    return evaluation(Json.parse(text));
  }

  /**
   * The inverse of {@link #write(Candidate)}.
   *
   * @throws IllegalArgumentException if the text is none; says what is wrong
   */
  public static Candidate candidate(String text) {
    return candidate(Json.parse(text));
  }

  /**
   * The inverse of {@link #write(ToldEvaluation)}.
   *
   * @throws IllegalArgumentException if the object is none; says which field is wrong
   */
  static ToldEvaluation told(ObjectNode node) {
    Integer duplicateOf = node.has("duplicateOf") ? Json.integer(node, "duplicateOf") : null;
    Duration elapsed = Json.seconds(Json.field(node, "when"), "elapsedSeconds");
    return new ToldEvaluation(evaluation(node), duplicateOf, elapsed);
  }

  /**
   * The inverse of {@link #write(Evaluation)}.
   *
   * @throws IllegalArgumentException if the object is none; says which field is wrong
   */
  static Evaluation evaluation(ObjectNode node) {
    Candidate candidate = candidate(node);
    Execution execution = node.has("where") ? execution(node) : null;
    String status = Json.text(node, "status");
    if (status.equals(FAILED)) {
      FailureReason reason =
          FailureReason.valueOf(Json.text(node, "reason").toUpperCase(Locale.ROOT));
      return new Evaluation.Failed(candidate, reason, Json.text(node, "message"), execution);
    }
    if (!status.equals(COMPLETED)) {
      throw new IllegalArgumentException("\"status\" (%s) is unknown".formatted(status));
    }
    return new Evaluation.Completed(
        candidate,
        scores(node),
        curve(node),
        Json.text(node, "weights"),
        node.has("trainedImages") ? Json.whole(node, "trainedImages") : 0,
        node.has("inheritedShare") ? Json.number(node, "inheritedShare") : 0,
        execution);
  }

  private static ObjectNode common(Evaluation evaluation) {
    ObjectNode node = Json.object();
    putCandidate(node, evaluation.candidate());
    if (evaluation instanceof Evaluation.Completed completed) {
      node.put("status", COMPLETED);
      putScores(node, completed.scores());
      putCurve(node.putArray("curve"), completed.learningCurve());
      node.put("weights", completed.weights());
      node.put("trainedImages", completed.trainedImages());
      if (completed.inheritedShare() > 0) {
        Json.put(node, "inheritedShare", completed.inheritedShare());
      }
    } else if (evaluation instanceof Evaluation.Failed failed) {
      node.put("status", FAILED);
      node.put("reason", failed.reason().token());
      node.put("message", failed.message());
    }
    return node;
  }

  private static void putCandidate(ObjectNode node, Candidate candidate) {
    node.put("number", candidate.number());
    node.put("id", candidate.design().id().hex());
    node.put("architecture", candidate.design().notation());
    ObjectNode fidelity = node.putObject("fidelity");
    fidelity.put("epochs", candidate.fidelity().epochs());
    fidelity.put("trainImages", candidate.fidelity().trainImages());
    fidelity.put("resolution", candidate.fidelity().resolution());
    if (candidate.fidelity().folds() > 1) {
      fidelity.put("folds", candidate.fidelity().folds());
    }
    node.put("seed", candidate.seed());
    node.put("parent", candidate.parent());
    putStart(node, candidate.start());
  }

  private static void putStart(ObjectNode node, @Nullable Start start) {
    if (start != null) {
      ObjectNode object = node.putObject("start");
      object.put("kind", start.kind().token());
      object.put("number", start.number());
      object.put("weights", start.weights());
      object.put("epochs", start.epochs());
    }
  }

  private static @Nullable Start start(JsonNode node) {
    if (!node.has("start")) {
      return null;
    }
    JsonNode start = Json.field(node, "start");
    return new Start(
        Start.Kind.valueOf(Json.text(start, "kind").toUpperCase(Locale.ROOT)),
        Json.integer(start, "number"),
        Json.text(start, "weights"),
        Json.integer(start, "epochs"));
  }

  private static Candidate candidate(JsonNode node) {
    Design design = Design.of(Json.text(node, "architecture"));
    if (!design.id().hex().equals(Json.text(node, "id"))) {
      throw new IllegalArgumentException(
          "\"id\" (%s) is not that of its architecture (%s)"
              .formatted(Json.text(node, "id"), design.id()));
    }
    JsonNode fidelity = Json.field(node, "fidelity");
    return new Candidate(
        Json.integer(node, "number"),
        design,
        new Fidelity(
            Json.integer(fidelity, "epochs"),
            Json.integer(fidelity, "trainImages"),
            Json.integer(fidelity, "resolution"),
            fidelity.has("folds") ? Json.integer(fidelity, "folds") : 1),
        Json.whole(node, "seed"),
        Json.field(node, "parent").isNull() ? null : Json.integer(node, "parent"),
        start(node));
  }

  private static void putScores(ObjectNode node, Map<String, Double> scores) {
    new TreeMap<>(scores)
        .forEach(
            (name, score) -> {
              if (NO_SCORES.contains(name)) {
                throw new IllegalArgumentException(
                    "A score cannot be called \"%s\": a field has that name.".formatted(name));
              }
              Json.put(node, name, score);
            });
  }

  private static Map<String, Double> scores(ObjectNode node) {
    Map<String, Double> scores = new TreeMap<>();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!NO_SCORES.contains(name)) {
                scores.put(name, Json.number(node, name));
              }
            });
    return scores;
  }

  private static void putCurve(ArrayNode curve, List<Epoch> epochs) {
    for (Epoch epoch : epochs) {
      ObjectNode node = curve.addObject();
      Json.put(node, "trainLoss", epoch.trainLoss());
      if (!Double.isNaN(epoch.validationAccuracy())) {
        Json.put(node, "validationAccuracy", epoch.validationAccuracy());
      }
    }
  }

  private static List<Epoch> curve(JsonNode node) {
    List<Epoch> epochs = new ArrayList<>();
    for (JsonNode epoch : Json.field(node, "curve")) {
      double accuracy =
          epoch.has("validationAccuracy") ? Json.number(epoch, "validationAccuracy") : Double.NaN;
      epochs.add(new Epoch(Json.number(epoch, "trainLoss"), accuracy));
    }
    return epochs;
  }

  /** Gives back the object for times. */
  private static ObjectNode putExecution(ObjectNode node, @Nullable Execution execution) {
    if (execution == null) {
      return node.putObject("when");
    }
    ObjectNode where = node.putObject("where");
    where.put("host", execution.host());
    where.put("process", execution.process());
    if (execution.numericClass() != null) {
      where.put("numericClass", execution.numericClass());
    }
    ObjectNode when = node.putObject("when");
    when.put("started", execution.started().toString());
    Json.put(when, "tookSeconds", execution.took());
    return when;
  }

  private static Execution execution(JsonNode node) {
    JsonNode where = Json.field(node, "where");
    JsonNode when = Json.field(node, "when");
    try {
      return new Execution(
          Json.text(where, "host"),
          Json.whole(where, "process"),
          Instant.parse(Json.text(when, "started")),
          Json.seconds(when, "tookSeconds"),
          where.has("numericClass") ? Json.text(where, "numericClass") : null);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"started\" is no time", e);
    }
  }
}
