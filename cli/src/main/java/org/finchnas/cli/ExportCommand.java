package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportedModel;
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

  @Parameters(
      paramLabel = "MODEL",
      description = "A model.safetensors, or RUN#ID for a candidate of a run.")
  private String model = "";

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description = "Formats, separated by commas: onnx (default), tflite, coreml, mlpackage.")
  private List<String> formats = List.of("onnx");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; default: the folder you stand in.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    List<ExportFormat> wanted = formats.stream().map(ExportFormat::ofToken).toList();
    Subject subject = Subject.of(model);
    WeightsFile weights = WeightsFile.read(subject.requireWeights());
    Models models = new Models(images.open(subject, output));
    Path folder = out == null ? Path.of("") : out;
    List<Map<String, Object>> files = new ArrayList<>();
    for (ExportFormat format : wanted) {
      Path file = folder.resolve(stem() + "." + format.extension());
      ExportedModel exported = models.export(weights, format, file);
      Models.lines(exported).forEach(output::say);
      files.add(Models.json(exported));
    }
    output.answer(Map.of("model", model, "files", files));
    return Finch.DONE;
  }

  private String stem() {
    int mark = model.lastIndexOf('#');
    return mark > 0
        ? model.substring(mark + 1)
        : Path.of(model).getFileName().toString().replace(WeightsFile.SUFFIX, "");
  }
}
