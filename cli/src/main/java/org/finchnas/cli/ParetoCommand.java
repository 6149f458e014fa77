package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.run.RecordedRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch pareto}. */
@Command(
    name = "pareto",
    description = "The front of a run: what no other candidate is better than in every objective.",
    mixinStandardHelpOptions = true)
final class ParetoCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path path = Path.of(".");

  @Option(names = "--csv", description = "As comma-separated values.")
  private boolean csv;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw it into this file.")
  private @Nullable Path svg;

  @Option(
      names = "--reference",
      paramLabel = "OBJECTIVE=VALUE",
      split = ",",
      description = {
        "Measure the hypervolume from here: validationAccuracy=0.5,macs=5e6;",
        "default an accuracy of 0 and the largest costs that were told."
      })
  private Map<String, Double> reference = Map.of();

  @Override
  public Integer call() throws IOException {
    RecordedRun run = RecordedRun.read(path);
    FrontTable front = FrontTable.of(run.told(), run.config());
    BaselineTable baselines = new BaselineTable(run.baselines());
    if (svg != null) {
      Output.write(svg, FrontPicture.svg(run, front, baselines));
    }
    if (!csv) {
      front.caveat().ifPresent(output::say);
    }
    List<String> lines = csv ? front.csv() : front.lines();
    lines.forEach(output::say);
    FrontMeasure measure = FrontMeasure.of(run, reference);
    if (!csv && !front.members().isEmpty()) {
      output.say("");
      measure.lines().forEach(output::say);
    }
    if (!csv && !baselines.outcomes().isEmpty()) {
      output.say("");
      baselines.lines().forEach(output::say);
    }
    if (front.members().isEmpty()) {
      output.warn(
          "No candidate is trained yet. %s tells where the run stands.",
          Places.command("status", path));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", path.toString());
    json.put("front", front.json());
    json.putAll(measure.json());
    if (!run.config().baselines().isEmpty()) {
      json.put("baselines", baselines.json());
    }
    output.answer(json);
    return Finch.DONE;
  }
}
