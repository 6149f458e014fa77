package org.finchnas.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which device latencies are estimated for, and what must be true of its profile. */
final class DeviceOption {

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "A device profile: a name that finch devices lists, or a file. May be repeated.")
  private List<String> devices = List.of();

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description = "Refuse a profile of another runtime than this: tflite-xnnpack, tflite, ncnn.")
  private @Nullable String runtime;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "Refuse a profile of another precision than this: fp32, fp16, int8.")
  private @Nullable String precision;

  /**
   * The profiles asked for.
   *
   * @throws InputException if one is of another runtime or precision than asked for
   */
  List<DeviceProfile> profiles() throws IOException {
    if (devices.isEmpty() && (runtime != null || precision != null)) {
      throw new InputException("--runtime and --precision say what a --device must be. Name one.");
    }
    List<DeviceProfile> profiles = new ArrayList<>();
    for (String device : devices) {
      DeviceProfile profile = Places.devices().find(device);
      require(profile);
      profiles.add(profile);
    }
    return profiles;
  }

  private void require(DeviceProfile profile) {
    boolean asAsked =
        (runtime == null || LatencyRuntime.ofToken(runtime) == profile.runtime())
            && (precision == null || Precision.ofToken(precision) == profile.precision());
    if (!asAsked) {
      throw new InputException(
          "%s is a profile of %s, not of%s%s. Choose another device, or leave out what it must be."
              .formatted(
                  profile.name(),
                  profile.conditions(),
                  runtime == null ? "" : " " + runtime,
                  precision == null ? "" : " " + precision));
    }
  }

  /** What keeps an estimate from being one of a file that Finch writes, or an empty list. */
  static List<String> caveats(DeviceProfile profile) {
    if (profile.runtime().readsFiles() && profile.precision() == Precision.FP32) {
      return List.of();
    }
    String reads =
        profile.runtime().readsFiles()
            ? "in %s".formatted(profile.precision().token())
            : "with %s in %s, which runs no file that Finch writes: a network would have to be converted"
                .formatted(profile.runtime().token(), profile.precision().token());
    return List.of("%s tells what networks take %s.".formatted(profile.name(), reads));
  }
}
