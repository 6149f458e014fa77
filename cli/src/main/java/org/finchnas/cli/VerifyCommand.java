package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.searchspace.weights.DeltaFile;
import org.finchnas.searchspace.weights.WeightsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch verify}. */
@Command(
    name = "verify",
    description = {
      "Runs exported files beside their network: agreement, size, latency here.",
      "Of a delta it shows that base and delta are the model, bit for bit."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all agree", "1:a file does not agree", "2:bad usage or input"})
final class VerifyCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final ImagesOption images = new ImagesOption();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Exported files, or deltas.")
  private List<Path> files = List.of();

  @Option(
      names = "--against",
      required = true,
      paramLabel = "MODEL",
      description = "The network: a model.safetensors or its folder, RUN#ID or RUN#best.")
  private String against = "";

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description = "What deltas among the files were made from.")
  private @Nullable String base;

  @Override
  public Integer call() throws IOException {
    WeightsFile origin = requireOrigin();
    Subject subject = Subject.of(against);
    WeightsFile model = WeightsFile.read(subject.requireWeights());
    Models models = new Models(images.open(subject, output));
    Set<Integer> codes = new TreeSet<>(Set.of(Finch.DONE));
    List<Map<String, Object>> results = new ArrayList<>();
    for (Path file : files) {
      try {
        boolean passed =
            (origin != null && isDelta(file))
                ? verifyDelta(DeltaCheck.of(file, origin, model, models.images()), results)
                : verify(models.verify(file, model.trained()), results);
        codes.add(passed ? Finch.DONE : Finch.FAILED);
      } catch (IOException | RuntimeException e) {
        output.warn("finch: %s", Failures.message(e));
        results.add(
            Map.of("file", file.toString(), "verified", false, "message", Failures.message(e)));
        codes.add(Failures.exitCode(e));
      }
    }
    int code = Collections.max(codes);
    output.answer(Map.of("against", against, "verified", code == Finch.DONE, "files", results));
    return code;
  }

  private boolean verify(ExportedModel checked, List<Map<String, Object>> results) {
    Models.lines(checked).forEach(output::say);
    checked.verification().violations().forEach(violation -> output.say("  %s", violation));
    results.add(Models.json(checked));
    return checked.verification().passed();
  }

  private boolean verifyDelta(DeltaCheck checked, List<Map<String, Object>> results) {
    checked.lines().forEach(output::say);
    results.add(checked.json());
    return checked.passed();
  }

  private @Nullable WeightsFile requireOrigin() throws IOException {
    List<Path> deltas = files.stream().filter(VerifyCommand::isDelta).toList();
    if (base == null) {
      if (deltas.isEmpty()) {
        return null;
      }
      throw new InputException(
          "%s is a delta, which is nothing without its base. Name the model it was made from: --base MODEL"
              .formatted(deltas.get(0)));
    }
    if (deltas.isEmpty()) {
      throw new InputException(
          "--base is for deltas, whose names end in %s, and there is none among the files. Leave it out."
              .formatted(DeltaFile.SUFFIX));
    }
    return WeightsFile.read(Subject.of(base).requireWeights());
  }

  private static boolean isDelta(Path file) {
    return file.toString().endsWith(DeltaFile.SUFFIX);
  }
}
