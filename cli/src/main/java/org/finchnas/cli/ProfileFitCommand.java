package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.calibration.KitTimings;
import org.finchnas.mobile.latency.calibration.ProfileFit;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch profile fit}. */
@Command(
    name = "fit",
    description = "Makes a device profile of a kit's timings.",
    mixinStandardHelpOptions = true)
final class ProfileFitCommand implements Callable<Integer> {

  /** A kit's models are few, and made to tell kernels apart. */
  private static final double PULL = 0.1;

  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "CSV", description = "The kit's form, filled: kit.csv.")
  private Path form = Path.of(".");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The profile's file, NAME.yaml.")
  private Path out = Path.of(".");

  @Option(
      names = "--device",
      paramLabel = "TEXT",
      description = "The phone in words; default: the profile's name.")
  private String device = "";

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description = "What ran the models: tflite-xnnpack (default) or tflite.")
  private String runtime = LatencyRuntime.TFLITE_XNNPACK.token();

  @Option(names = "--threads", paramLabel = "N", description = "On so many threads; default 1.")
  private int threads = 1;

  @Option(
      names = "--date",
      paramLabel = "TEXT",
      description = "When the phone was timed; default: today.")
  private String date = LocalDate.now(ZoneId.systemDefault()).toString();

  @Override
  public Integer call() throws IOException {
    String name = ProfileCommand.nameOf(out);
    LatencyRuntime ran = LatencyRuntime.ofToken(runtime);
    if (!ran.readsFiles()) {
      throw new InputException(
          "The kit's models are TFLite files, which %s does not run.".formatted(runtime));
    }
    List<Timing> timings = KitTimings.read(form, ran);
    ProfileFit fit = ProfileFit.of(timings, ran, PULL);
    fit.doubts().forEach(output::warn);
    DeviceProfile profile =
        new DeviceProfile(
            name,
            device.isBlank() ? name : device,
            "timings of Finch's kit, given in %s".formatted(form.getFileName()),
            date,
            ran,
            Precision.FP32,
            threads,
            "fitted to the %d models of the kit, timed by benchmark_model"
                .formatted(timings.size()),
            fit.error(),
            Timing.unseen(timings),
            fit.costs());
    ProfileCommand.write(profile, out, output);
    return Finch.DONE;
  }
}
