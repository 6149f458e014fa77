package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.mobile.FileKind;
import org.finchnas.searchspace.weights.DeltaFile;
import org.finchnas.searchspace.weights.WeightsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch export}. */
@Command(
    name = "export",
    description = {
      "Writes a trained network as files for phones, each checked before it gets its name;",
      "or, with --delta, only what changed since another model."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  finch export RUN#best --format onnx,tflite",
      "  finch export birds --delta RUN#best          writes birds.delta.safetensors",
      "  finch export birds.delta.safetensors --base RUN#best    makes it a model again"
    })
final class ExportCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final ImagesOption images = new ImagesOption();
  @Mixin private final FilesOption files = new FilesOption();

  @Parameters(
      paramLabel = "MODEL",
      description = {
        "A model.safetensors or its folder, RUN#ID or RUN#best for a candidate of a run;",
        "or a delta, with --base."
      })
  private String model = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; default: the folder you stand in.")
  private @Nullable Path out;

  @Option(
      names = "--delta",
      paramLabel = "BASE",
      description = "Writes one file with only what changed since this model; no other formats.")
  private @Nullable String origin;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description = "Where MODEL is a delta: what it was made from. Writes the whole model, too.")
  private @Nullable String base;

  @Override
  public Integer call() throws IOException {
    if (origin != null) {
      return writeDelta(origin);
    }
    List<FileKind> kinds = files.kinds();
    Path folder = out == null ? Path.of("") : out;
    Subject subject = base == null ? Subject.of(model) : rebuilt(base, folder);
    WeightsFile weights = WeightsFile.read(subject.requireWeights());
    FileSeries series = new FileSeries(new Models(images.open(subject, output)), kinds, output);
    series.write(weights, folder, stem());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("files", series.written().stream().map(Models::json).toList());
    json.put("failed", series.failures());
    output.answer(json);
    return series.exitCode();
  }

  private int writeDelta(String of) throws IOException {
    if (base != null || files.isSaid()) {
      throw new InputException(
          "--delta writes one file of its own format: leave out --base, --format and --precision, or export other formats with another command.");
    }
    Path whole = Subject.of(model).requireWeights();
    WeightsFile changed = WeightsFile.read(whole);
    WeightsFile from = WeightsFile.read(Subject.of(of).requireWeights());
    Path folder = out == null ? Path.of("") : out;
    Files.createDirectories(folder.toAbsolutePath());
    Path file = folder.resolve(stem() + DeltaFile.SUFFIX);
    WrittenDelta delta = WrittenDelta.write(from, changed, Files.size(whole), file);
    delta.lines().forEach(output::say);
    output.answer(delta.json());
    return Finch.DONE;
  }

  /** The whole model, written beside what is exported. */
  private Subject rebuilt(String from, Path folder) throws IOException {
    Path deltaFile = Path.of(model);
    DeltaFile delta = DeltaFile.read(deltaFile);
    WeightsFile parent = WeightsFile.read(Subject.of(from).requireWeights());
    WeightsFile whole = DeltaCheck.applied(deltaFile, delta, parent);
    Path file = folder.resolve(stem() + WeightsFile.SUFFIX);
    if (Files.exists(file) && !WeightsFile.read(file).sha256().equals(whole.sha256())) {
      throw new InputException(
          "%s is another model. Choose another folder with --out, or move it away."
              .formatted(file));
    }
    Files.createDirectories(folder.toAbsolutePath());
    whole.write(file);
    output.say(
        "%s  whole again, %s (SHA-256 %s)", file, Quantity.bytes(Files.size(file)), whole.sha256());
    return new Subject(model, whole.blueprint(), file, null);
  }

  private String stem() {
    int mark = model.lastIndexOf('#');
    if (mark > 0) {
      return model.substring(mark + 1);
    }
    String name = String.valueOf(Path.of(model).toAbsolutePath().normalize().getFileName());
    return name.replace(DeltaFile.SUFFIX, "").replace(WeightsFile.SUFFIX, "");
  }
}
