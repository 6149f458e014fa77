package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.calibration.HostProfile;
import org.finchnas.mobile.latency.calibration.HostTimings;
import org.finchnas.mobile.latency.calibration.ProfileFit;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.mobile.latency.profile.ProfileFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code finch profile}. */
@Command(
    name = "profile",
    description = "Measures this machine and writes a device profile; helps to do it on a phone.",
    mixinStandardHelpOptions = true,
    subcommands = {ProfileKitCommand.class, ProfileFitCommand.class},
    footer = {
      "",
      "It times single operators and whole networks through TensorFlow Lite with XNNPACK, one thread,",
      "in rounds, and keeps the fastest run of each. Let the machine do nothing else meanwhile.",
      "For a phone: finch profile kit --out DIR, run the script in it, finch profile fit DIR/kit.csv"
    })
final class ProfileCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The profile's file; default: configs/devices/this-machine.yaml.")
  private @Nullable Path out;

  @Option(
      names = "--networks",
      paramLabel = "N",
      description = "How many networks are drawn at random and timed whole; default 120.")
  private int networks = HostProfile.USUAL.networks();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often all are timed; default 10.")
  private int rounds = HostTimings.USUAL.rounds();

  @Override
  public Integer call() throws IOException {
    if (networks < 2 || rounds < 1) {
      throw new InputException(
          "--networks (%d) must be at least 2, --rounds (%d) at least 1."
              .formatted(networks, rounds));
    }
    Path file = out == null ? Places.devices().folder().resolve("this-machine.yaml") : out;
    String name = nameOf(file);
    List<Timing> timings = measured();
    ProfileFit fit = HostProfile.fit(timings);
    DeviceProfile profile =
        new DeviceProfile(
            name,
            Machine.cpu().name(),
            "measured by Finch %s on this machine".formatted(Version.current()),
            LocalDate.now(ZoneId.systemDefault()).toString(),
            LatencyRuntime.TFLITE_XNNPACK,
            Precision.FP32,
            1,
            "fitted to %d measured models, the fastest run of %d rounds each"
                .formatted(timings.size(), rounds),
            fit.error(),
            Timing.unseen(timings),
            fit.costs());
    write(profile, file, output);
    return Finch.DONE;
  }

  private List<Timing> measured() throws IOException {
    Path folder = Files.createTempDirectory("finch-profile");
    try {
      return new HostProfile(networks, new HostTimings(rounds, HostTimings.USUAL.nanosPerRound()))
          .measure(Version.current(), folder, round -> output.say("round %d of %d", round, rounds));
    } finally {
      Files.delete(folder);
    }
  }

  /**
   * A profile is called as its file.
   *
   * @throws InputException if the file's end is another than .yaml
   */
  static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(".yaml")) {
      throw new InputException("%s must end in .yaml, as device profiles do.".formatted(file));
    }
    return name.substring(0, name.length() - ".yaml".length());
  }

  static void write(DeviceProfile profile, Path file, Output output) throws IOException {
    Output.write(file, ProfileFile.text(profile));
    output.say(
        "%s (%s): half of the models left out are estimated within %s, 9 of 10 within %s; by MACs alone half within %s",
        profile.name(),
        profile.conditions(),
        Quantity.percent(profile.error().median()),
        Quantity.percent(profile.error().ninetieth()),
        Quantity.percent(profile.error().macsAlone()));
    output.say("written into %s", file);
    output.answer(Map.of("file", file.toString(), "profile", DevicesCommand.json(profile)));
  }
}
