package org.finchnas.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.data.DataSets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code finch datasets}. */
@Command(
    name = "datasets",
    description = "Data sets: what each is, where it comes from, whether it is here.",
    mixinStandardHelpOptions = true)
final class DatasetsCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final FetchOption data = new FetchOption();

  @Option(
      names = "--fetch",
      split = ",",
      paramLabel = "NAME",
      description = "Fetches these published data sets first; what a broken download left is used.")
  private List<String> wanted = List.of();

  @Override
  public Integer call() {
    wanted.forEach(name -> data.fetch(name, output));
    List<DataSets.Entry> entries = DataSets.list(data.directory());
    Table table = new Table("name", "here", "what it is", "origin");
    for (DataSets.Entry entry : entries) {
      table.row(entry.name(), entry.here() ? "yes" : "no", entry.description(), entry.origin());
    }
    table.lines().forEach(output::say);
    output.say("");
    output.say("A folder of your own pictures, one folder a class: images:DIR");
    output.say("Published files are looked for in %s", data.directory());
    output.say("and fetched into it when a command needs them, or with --fetch NAME.");
    output.answer(Map.of("datasets", entries.stream().map(DatasetsCommand::json).toList()));
    return Finch.DONE;
  }

  private static Map<String, Object> json(DataSets.Entry entry) {
    return Map.of(
        "name", entry.name(),
        "description", entry.description(),
        "origin", entry.origin(),
        "here", entry.here());
  }
}
