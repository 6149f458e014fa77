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
import org.finchnas.searchspace.weights.WeightsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch verify}. */
@Command(
    name = "verify",
    description = "Runs exported files beside their network: agreement, size, latency here.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all agree", "1:a file does not agree", "2:bad usage or input"})
final class VerifyCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final ImagesOption images = new ImagesOption();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Exported files.")
  private List<Path> files = List.of();

  @Option(
      names = "--against",
      required = true,
      paramLabel = "MODEL",
      description = "The network: a model.safetensors, or RUN#ID.")
  private String against = "";

  @Override
  public Integer call() throws IOException {
    Subject subject = Subject.of(against);
    WeightsFile model = WeightsFile.read(subject.requireWeights());
    Models models = new Models(images.open(subject, output));
    Set<Integer> codes = new TreeSet<>(Set.of(Finch.DONE));
    List<Map<String, Object>> results = new ArrayList<>();
    for (Path file : files) {
      try {
        ExportedModel checked = models.verify(file, model.trained());
        Models.lines(checked).forEach(output::say);
        checked.verification().violations().forEach(violation -> output.say("  %s", violation));
        results.add(Models.json(checked));
        codes.add(checked.verification().passed() ? Finch.DONE : Finch.FAILED);
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
}
