package org.finchnas.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.cli.view.RunMetrics;
import org.finchnas.cli.view.RunView;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.searchspace.DidYouMean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch events}. */
@Command(
    name = "events",
    description = "All evaluations of a run, or where it stands, for other tools.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "While a search runs, finch dashboard serves its metrics at /metrics.",
      "Example: finch events results/quickstart --format csv --out evaluations.csv"
    })
final class EventsCommand implements Callable<Integer> {

  private static final List<String> FORMATS = List.of("jsonl", "csv", "prometheus");

  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path path = Path.of(".");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description = {
        "jsonl (default): the lines of the log; csv: the same as a table;",
        "prometheus: metrics of where the run stands."
      })
  private String format = "jsonl";

  @Option(names = "--out", paramLabel = "FILE", description = "Into this file; else printed.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    if (!FORMATS.contains(format)) {
      throw new InputException(
          "There is no format \"%s\" of events. %s"
              .formatted(format, DidYouMean.sentence(format, FORMATS)));
    }
    if (output.isJson() && out == null) {
      throw new InputException(
          "--json answers with one object, and events are many: name a file with --out.");
    }
    RecordedRun run = RecordedRun.read(path);
    String text = text(run);
    if (out == null) {
      output.out().print(text);
      output.out().flush();
    } else {
      Output.write(out, text);
      output.say("%d evaluations written to %s", run.told().size(), out);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", path.toString());
    json.put("format", format);
    json.put("evaluations", run.told().size());
    json.put("file", String.valueOf(out));
    output.answer(json);
    return Finch.DONE;
  }

  private String text(RecordedRun run) throws IOException {
    return switch (format) {
      case "csv" -> new RunView(run).csv();
      case "prometheus" -> RunMetrics.text(run, run.process());
      default -> lines(run.told().size());
    };
  }

  /** As they stand in the log, but for a last one that is being written. */
  private String lines(int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    Files.readString(path.resolve("evaluations.jsonl"), StandardCharsets.UTF_8)
        .lines()
        .limit(count)
        .forEach(line -> lines.append(line).append('\n'));
    return lines.toString();
  }
}
