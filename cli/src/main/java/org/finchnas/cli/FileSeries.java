package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.mobile.FileKind;
import org.finchnas.searchspace.weights.WeightsFile;

/** Writes networks as files of several kinds. What cannot be written is told, the others are. */
final class FileSeries {

  private final Models models;
  private final List<FileKind> kinds;
  private final Output output;
  private final List<ExportedModel> written = new ArrayList<>();
  private final Map<Path, Exception> failed = new LinkedHashMap<>();

  FileSeries(Models models, List<FileKind> kinds, Output output) {
    this.models = models;
    this.kinds = List.copyOf(kinds);
    this.output = output;
  }

  /**
   * @param stem what the names of the files begin with
   */
  void write(WeightsFile model, Path folder, String stem) {
    for (FileKind kind : kinds) {
      Path file = folder.resolve(kind.fileName(stem));
      try {
        ExportedModel exported = models.export(model, kind, file);
        written.add(exported);
        Models.lines(exported).forEach(output::say);
      } catch (IOException | RuntimeException e) {
        failed.put(file, e);
        output.warn("There is no new %s: %s", file, Failures.message(e));
      }
    }
  }

  boolean isWhole() {
    return failed.isEmpty();
  }

  List<ExportedModel> written() {
    return List.copyOf(written);
  }

  /** For each file that could not be written why. */
  List<Map<String, Object>> failures() {
    List<Map<String, Object>> failures = new ArrayList<>();
    failed.forEach(
        (file, failure) ->
            failures.add(Map.of("file", file.toString(), "message", Failures.message(failure))));
    return failures;
  }

  /** That of the worst failure, if there was one. */
  int exitCode() {
    if (failed.isEmpty()) {
      return Finch.DONE;
    }
    return failed.values().stream().allMatch(each -> Failures.exitCode(each) == Finch.BAD_INPUT)
        ? Finch.BAD_INPUT
        : Finch.FAILED;
  }
}
