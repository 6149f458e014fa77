package org.finchnas.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Fidelity;

/** What a page sees of a run; maps and lists of what JSON knows. */
public final class RunView {

  private final RecordedRun run;
  private final SearchConfig config;
  private final Scores scores;
  private final CandidateView candidates;
  private final History history;

  public RunView(RecordedRun run) {
    this.run = run;
    this.config = run.config();
    this.scores = Scores.of(config);
    this.candidates = new CandidateView(scores, config.rungs());
    this.history = new History(run.told());
  }

  /** What stays the same from a run's first moment to its last. */
  public Map<String, Object> head() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", config.name());
    json.put("folder", run.path().toAbsolutePath().normalize().toString());
    json.put("strategy", config.strategy().kind().token());
    json.put("seed", Long.toString(config.seed()));
    json.put("provenance", provenance(run.provenance()));
    json.put("scores", scores.json(config.objectives()));
    Map<String, Object> limits = new TreeMap<>();
    config.constraints().forEach(each -> limits.put(each.objective().name(), each.limit()));
    json.put("limits", limits);
    Map<String, Object> budget = new LinkedHashMap<>();
    budget.put("evaluations", config.budget().evaluations());
    Optional.ofNullable(config.budget().wallTime())
        .ifPresent(limit -> budget.put("seconds", limit.toMillis() / 1e3));
    json.put("budget", budget);
    json.put("rungs", config.rungs().fidelities().stream().map(RunView::fidelity).toList());
    return json;
  }

  private static Map<String, Object> provenance(Provenance provenance) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", provenance.version());
    json.put("dataSet", provenance.dataSet());
    json.put("dataHash", provenance.dataHash());
    json.put("numericClass", provenance.numericClass());
    json.put("java", provenance.java());
    json.put("os", provenance.os());
    json.put("cpu", provenance.cpu());
    json.put("configDigest", provenance.configDigest());
    return json;
  }

  private static String fidelity(Fidelity fidelity) {
    String images =
        fidelity.trainImages() == 0 ? "" : " of %d images".formatted(fidelity.trainImages());
    String size =
        fidelity.resolution() == 0 ? "" : " at %1$dx%1$d".formatted(fidelity.resolution());
    String folds = fidelity.folds() == 1 ? "" : " in %d folds".formatted(fidelity.folds());
    return "%d epoch%s%s%s%s"
        .formatted(fidelity.epochs(), fidelity.epochs() == 1 ? "" : "s", images, size, folds);
  }

  /** One line for each evaluation told, from one on. */
  public List<Map<String, Object>> lines(int from) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (ToldEvaluation told : run.told().subList(from, run.told().size())) {
      lines.add(candidates.line(told));
    }
    return lines;
  }

  /** Front and growth. */
  public Map<String, Object> progress() {
    Attainment attainment = Attainment.of(run.told(), config);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("front", attainment.front());
    json.put("hypervolume", attainment.json());
    return json;
  }

  /** Numbers of the candidates on the front, best in the first objective first. */
  public List<Integer> front() {
    return Attainment.of(run.told(), config).front();
  }

  /** Numbers of a candidate, what it comes from, and so on to a founder. */
  public List<Integer> lineage(int number) {
    return history.find(number).stream()
        .flatMap(told -> history.lineage(told).stream())
        .map(ToldEvaluation::number)
        .toList();
  }

  /** The evaluation of a candidate that was trained and scored. */
  public Optional<Completed> completed(int number) {
    return history
        .find(number)
        .map(ToldEvaluation::evaluation)
        .filter(Completed.class::isInstance)
        .map(Completed.class::cast);
  }

  /** What there is of a candidate's model: names, bytes and what verifying them gave. */
  public List<Map<String, Object>> files(int number) {
    return history.find(number).stream().flatMap(told -> files(told).stream()).toList();
  }

  /** What a candidate's final training and the test images gave; empty before its export. */
  public Optional<JsonNode> trained(int number) {
    return history
        .find(number)
        .flatMap(
            told ->
                new ModelFiles(run.path()).trained(told.evaluation().candidate().design().id()));
  }

  private List<Map<String, Object>> files(ToldEvaluation told) {
    return new ModelFiles(run.path()).list(told.evaluation().candidate().design().id());
  }

  /**
   * Where it stands, for Prometheus.
   *
   * @param process that works on the run, if one does
   */
  public String metrics(Optional<String> process) {
    return RunMetrics.text(run, process);
  }

  /** All evaluations told, for spreadsheets. */
  public String csv() {
    return new EvaluationCsv(scores).text(run.told());
  }

  /** The same of the front alone. */
  public String frontCsv() {
    Attainment attainment = Attainment.of(run.told(), config);
    return new EvaluationCsv(scores)
        .text(
            attainment.front().stream().flatMap(number -> history.find(number).stream()).toList());
  }

  /** The published networks that it is compared with, those that are trained. */
  public List<Map<String, Object>> baselines() {
    List<Map<String, Object>> json = new ArrayList<>();
    run.baselines().forEach((name, outcome) -> json.add(baseline(name, outcome)));
    return json;
  }

  private Map<String, Object> baseline(String name, Evaluation outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    if (outcome instanceof Completed completed) {
      json.put("scores", scores.row(completed.scores()));
    } else if (outcome instanceof Failed failed) {
      json.put("failed", failed.reason().token());
      json.put("message", failed.message());
    }
    return json;
  }

  /** All of one candidate; empty if there is none of that number. */
  public Optional<Map<String, Object>> details(int number) {
    return history.find(number).map(this::details);
  }

  private Map<String, Object> details(ToldEvaluation told) {
    Map<String, Object> json = candidates.details(told, history);
    json.put("files", files(told));
    trained(told.number()).ifPresent(trained -> json.put("trained", trained));
    return json;
  }

  /** A candidate's cells as an SVG document; empty if there is none, or it has no cells. */
  public Optional<String> drawing(int number) {
    return history.find(number).flatMap(told -> Optional.ofNullable(CandidateView.drawing(told)));
  }
}
