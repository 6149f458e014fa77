package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finchnas.coordinator.config.Amounts;
import org.finchnas.coordinator.config.DataConfig;
import org.finchnas.coordinator.pictures.PictureWishes;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a search over somebody's own pictures is told instead of a configuration. */
final class PictureOptions {

  /** Long enough to find something, short enough to wait for. */
  private static final Duration DEFAULT_TIME = Duration.ofHours(1);

  private static final Duration SHORTEST_TIME = Duration.ofSeconds(10);
  private static final Pattern MILLIS = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s)");

  @Option(
      names = "--data",
      paramLabel = "images:DIR",
      description =
          "Instead of CONFIG: your own pictures, a folder a class. Looks at them and chooses the settings.")
  private @Nullable String data;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "With --data: weighs accuracy against the estimated latency on it; finch devices lists them.")
  private @Nullable String device;

  @Option(
      names = "--max-latency",
      paramLabel = "TIME",
      description = "With --device: what a network may take there at most: 20ms.")
  private @Nullable String maxLatency;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "With --data: what the whole may take: 30m, 2h; default 1h.")
  private @Nullable String time;

  /**
   * Whether there are pictures instead of a configuration.
   *
   * @throws InputException if there is neither, or both
   */
  boolean isAsked(@Nullable Path config) {
    boolean said = data != null || device != null || maxLatency != null || time != null;
    if (config == null && data == null) {
      throw new InputException(
          (said ? "--device, --max-latency and --time need --data. " : "Search what? ")
              + "Your own pictures, a folder of them a class: %s. Or what a configuration says: %s."
                  .formatted(
                      Places.command("search", "--data", "images:DIR"),
                      Places.command("search", "configs/quickstart.yaml")));
    }
    if (config != null && said) {
      throw new InputException(
          "%s has settings of its own, and --data, --device, --max-latency and --time choose some. Leave out one or the other; beside a configuration: --set data.set=images:DIR, --set device=NAME, --set constraints.latencyMillis=20, --set budget.wallTime=2h."
              .formatted(config));
    }
    return data != null;
  }

  /**
   * The folder of the pictures.
   *
   * @throws InputException if something else is named
   */
  Path folder() {
    String named = String.valueOf(data);
    if (!named.startsWith(DataConfig.IMAGES) || named.length() == DataConfig.IMAGES.length()) {
      throw new InputException(
          "--data (%s) must be images: and a folder, as in --data images:/home/me/birds. For another data set write a configuration, such as configs/quickstart.yaml, with data.set."
              .formatted(named));
    }
    try {
      return Path.of(named.substring(DataConfig.IMAGES.length()));
    } catch (InvalidPathException e) {
      throw new InputException(
          "--data (%s) names no folder (%s). Check its name.".formatted(named, e.getReason()));
    }
  }

  /**
   * @param spent of the time
   * @param slots that train side by side
   * @throws InputException if a wish cannot be met
   */
  PictureWishes wishes(Duration spent, int slots) throws IOException {
    Duration left = time().minus(spent);
    return new PictureWishes(
        device, millis(), left.toSeconds() < 1 ? Duration.ofSeconds(1) : left, slots);
  }

  /** From the command to the report. */
  Duration time() {
    if (time == null) {
      return DEFAULT_TIME;
    }
    return Amounts.time(time)
        .filter(asked -> asked.compareTo(SHORTEST_TIME) >= 0)
        .orElseThrow(
            () ->
                new InputException(
                    "--time (%s) must be a time with its unit of at least 10s: 90s, 30m, 2h, 1d."
                        .formatted(time)));
  }

  /**
   * The profile of the device, or null if there is none.
   *
   * @throws InputException if there is a latency without one
   */
  @Nullable DeviceProfile profile() throws IOException {
    if (maxLatency != null && device == null) {
      throw new InputException(
          "--max-latency (%s) is one on a device. Name it, as in --device pixel-1; finch devices lists them."
              .formatted(maxLatency));
    }
    return device == null ? null : Places.devices().find(device);
  }

  @Nullable Double millis() {
    if (maxLatency == null) {
      return null;
    }
    Matcher matcher = MILLIS.matcher(maxLatency);
    double millis =
        matcher.matches()
            ? Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("s") ? 1000 : 1)
            : 0;
    if (!(millis > 0)) {
      throw new InputException(
          "--max-latency (%s) must be a time above 0 with its unit, as in 20ms."
              .formatted(maxLatency));
    }
    return millis;
  }
}
