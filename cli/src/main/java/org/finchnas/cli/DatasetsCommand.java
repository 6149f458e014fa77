package org.finchnas.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.data.DataSets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code finch datasets}. */
@Command(
    name = "datasets",
    description = "Data sets: what each is, where it comes from, whether it is here.",
    mixinStandardHelpOptions = true)
final class DatasetsCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() {
    List<DataSets.Entry> entries = DataSets.list(data.directory());
    Table table = new Table("name", "here", "what it is", "origin");
    for (DataSets.Entry entry : entries) {
      table.row(entry.name(), entry.here() ? "yes" : "no", entry.description(), entry.origin());
    }
    table.lines().forEach(output::say);
    output.say("");
    output.say("A folder of your own pictures, one folder a class: images:DIR");
    output.say("Published files are looked for in --data-dir, or in the folder FINCH_DATA names.");
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
