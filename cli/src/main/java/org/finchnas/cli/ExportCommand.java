package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.mobile.FileKind;
import org.finchnas.searchspace.weights.WeightsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch export}. */
@Command(
    name = "export",
    description =
        "Writes a trained network as files for phones, each checked before it gets its name.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final ImagesOption images = new ImagesOption();
  @Mixin private final FilesOption files = new FilesOption();

  @Parameters(
      paramLabel = "MODEL",
      description = "A model.safetensors, or RUN#ID for a candidate of a run.")
  private String model = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; default: the folder you stand in.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    List<FileKind> kinds = files.kinds();
    Subject subject = Subject.of(model);
    WeightsFile weights = WeightsFile.read(subject.requireWeights());
    FileSeries series = new FileSeries(new Models(images.open(subject, output)), kinds, output);
    series.write(weights, out == null ? Path.of("") : out, stem());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("files", series.written().stream().map(Models::json).toList());
    json.put("failed", series.failures());
    output.answer(json);
    return series.exitCode();
  }

  private String stem() {
    int mark = model.lastIndexOf('#');
    return mark > 0
        ? model.substring(mark + 1)
        : Path.of(model).getFileName().toString().replace(WeightsFile.SUFFIX, "");
  }
}
