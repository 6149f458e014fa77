package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.finchnas.mobile.latency.calibration.CalibrationKit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code finch profile kit}. */
@Command(
    name = "kit",
    description = "Writes small models, a script that times them on a phone, and a form.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The script needs adb and TensorFlow Lite's benchmark_model for the phone's processor."
    })
final class ProfileKitCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the kit: a new or empty one.")
  private Path folder = Path.of(".");

  @Override
  public Integer call() throws IOException {
    requireEmpty();
    List<Path> files = CalibrationKit.write(folder, Version.current());
    output.say("%d files in %s. With a phone on adb:", files.size(), folder);
    output.say("  %s PATH/TO/benchmark_model", folder.resolve("run-on-phone.sh"));
    output.say(
        "  %s",
        Places.command(
            "profile", "fit", folder.resolve(CalibrationKit.FORM), "--out", "my-phone.yaml"));
    output.answer(
        Map.of("folder", folder.toString(), "files", files.stream().map(Path::toString).toList()));
    return Finch.DONE;
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException("%s is a file. Name a folder.".formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new InputException(
            "%s is not empty, and may hold timings. Name another folder.".formatted(folder));
      }
    }
  }
}
