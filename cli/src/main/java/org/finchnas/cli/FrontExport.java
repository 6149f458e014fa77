package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.data.DataSet;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.mobile.FileKind;
import org.finchnas.searchspace.weights.WeightsFile;

/** Writes the best of a front as files. What cannot be written is told, and the others are. */
final class FrontExport {

  private final RunDirectory run;
  private final Output output;
  private final List<FileKind> kinds;
  private final List<ExportedModel> models = new ArrayList<>();
  private final FrontLatencies latencies;
  private final List<FinalTable.Row> rows = new ArrayList<>();
  private int failed;

  FrontExport(SearchParts parts, Output output) {
    this.run = parts.run();
    this.output = output;
    this.kinds = parts.kinds();
    this.latencies = new FrontLatencies(parts.device());
  }

  void write(FrontTable front, DataSet data) {
    List<Completed> chosen =
        front.members().stream().limit(run.config().export().models()).toList();
    if (chosen.isEmpty()) {
      return;
    }
    output.say("");
    Models writer = new Models(data);
    chosen.forEach(member -> write(member, writer, data));
    latencies.lines().forEach(output::say);
    if (!isWhole()) {
      output.warn(
          "%d of %d models could not be exported, or not as all files. When the causes are gone: %s",
          failed, chosen.size(), Places.command("resume", run.path()));
    }
  }

  /** What was estimated beside what was measured. */
  FrontLatencies latencies() {
    return latencies;
  }

  List<ExportedModel> models() {
    return List.copyOf(models);
  }

  /** Each model that was exported, with its test accuracy. */
  FinalTable table() {
    return new FinalTable(rows);
  }

  boolean isWhole() {
    return failed == 0;
  }

  private void write(Completed member, Models writer, DataSet data) {
    int number = member.candidate().number();
    try {
      Completed trained = trained(member);
      Path weights = weights(trained, number);
      Path folder = run.model(member.candidate().architecture().id());
      FileSeries files = writer.writeAll(weights, folder, kinds, output);
      models.addAll(files.written());
      files.written().forEach(model -> latencies.add(member, model));
      failed += files.isWhole() ? 0 : 1;
      double test = TestAccuracy.of(WeightsFile.read(weights).trained(), data.test());
      FinalTable.Row row = new FinalTable.Row(member, trained, test, data.test().size());
      rows.add(row);
      Models.write(folder.resolve("model.json"), row.json());
    } catch (IOException | RuntimeException e) {
      failed++;
      output.warn("#%d could not be exported: %s", number, Failures.message(e));
    }
  }

  /** As it was trained for use; as the search trained it where that was not asked for or failed. */
  private Completed trained(Completed member) {
    Evaluation finals =
        run.finals().find(member.candidate().architecture().id().hex()).orElse(member);
    if (finals instanceof Completed completed) {
      return completed;
    }
    output.warn(
        "#%d is exported as the search trained it: its final training failed.",
        member.candidate().number());
    return member;
  }

  private Path weights(Completed member, int number) {
    Path file = new WeightsOf(run.path()).place(member);
    if (!Files.exists(file)) {
      throw new InputException(
          "its weights are gone: there is no %s. Restore the file, or train it anew: finch train '%s#%d'"
              .formatted(file, run.path(), number));
    }
    return file;
  }
}
