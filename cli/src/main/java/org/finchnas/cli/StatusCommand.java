package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.cluster.ClusterState;
import org.finchnas.coordinator.cluster.ClusterStateFile;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code finch status}. */
@Command(name = "status", description = "Where a run stands.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path path = Path.of(".");

  @Override
  public Integer call() throws IOException {
    RecordedRun run = RecordedRun.read(path);
    List<ToldEvaluation> told = run.told();
    int budget = run.config().budget().evaluations();
    FrontTable front = FrontTable.of(told, run.config());
    RungLines rungs = RungLines.of(told, run.config().rungs());
    ProxyLines proxies = ProxyLines.of(told, run.config());
    Map<String, Integer> failed = failed(told);
    long duplicates = told.stream().filter(each -> each.duplicateOf() != null).count();
    output.say("%s: %d of %d evaluations told", path, told.size(), budget);
    output.say("  data set     %s", run.provenance().dataSet());
    output.say(
        "  strategy     %s, seed %d", run.config().strategy().kind().token(), run.config().seed());
    output.say("  failed       %s", failed.isEmpty() ? "none" : failed.toString());
    reasons(told).forEach(line -> output.say("    %s", line));
    output.say("  duplicates   %d", duplicates);
    rungs.lines().forEach(line -> output.say("  %s", line));
    proxies.lines().forEach(line -> output.say("  %s", line));
    output.say("  computed as  %s", run.provenance().numericClass());
    front.caveat().ifPresent(line -> output.say("  %s", line));
    if (!front.members().isEmpty()) {
      Evaluation.Completed best = front.members().get(0);
      output.say(
          "  best         %s (#%d)",
          Quantity.percent(best.score(Objective.VALIDATION_ACCURACY)), best.candidate().number());
    }
    List<String> wanted = run.config().baselines();
    Map<String, Evaluation> trained = run.baselines();
    if (!wanted.isEmpty()) {
      output.say("  baselines    %d of %d trained", trained.size(), wanted.size());
    }
    Optional<String> process = run.process();
    Optional<ClusterState> cluster =
        process.isPresent() ? ClusterStateFile.read(path.resolve("cluster")) : Optional.empty();
    ClusterLines lines = new ClusterLines(cluster);
    lines.lines().forEach(line -> output.say("%s", line));
    if (process.isPresent()) {
      output.say("Process %s works on it.", process.get());
    } else if (told.size() < budget || trained.size() < wanted.size()) {
      output.say("Go on with it: %s", Places.command("resume", path));
    }
    Map<String, Object> json = json(budget, told.size(), failed, front);
    if (!wanted.isEmpty()) {
      json.put("baselines", new BaselineTable(trained).json());
    }
    json.put("running", process.isPresent());
    json.putAll(lines.json());
    json.putAll(rungs.json());
    json.putAll(proxies.json());
    output.answer(json);
    return Finch.DONE;
  }

  private Map<String, Object> json(
      int budget, int evaluations, Map<String, Integer> failed, FrontTable front) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", path.toString());
    json.put("evaluations", evaluations);
    json.put("budget", budget);
    json.put("failed", failed.values().stream().mapToInt(Integer::intValue).sum());
    json.put("failedByReason", failed);
    json.put("front", front.json());
    return json;
  }

  /** The last failure of each kind, in its own words. */
  private static Collection<String> reasons(List<ToldEvaluation> told) {
    Map<FailureReason, String> last = new EnumMap<>(FailureReason.class);
    for (ToldEvaluation each : told) {
      if (each.evaluation() instanceof Evaluation.Failed failure) {
        last.put(failure.reason(), "#%d: %s".formatted(each.number(), failure.message()));
      }
    }
    return last.values();
  }

  private static Map<String, Integer> failed(List<ToldEvaluation> told) {
    Map<String, Integer> counts = new TreeMap<>();
    for (ToldEvaluation each : told) {
      if (each.evaluation() instanceof Evaluation.Failed failure) {
        counts.merge(failure.reason().token(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
