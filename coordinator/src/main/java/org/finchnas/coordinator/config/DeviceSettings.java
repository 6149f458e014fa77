package org.finchnas.coordinator.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Objective;
import org.jspecify.annotations.Nullable;

/** The device that a search is for. */
final class DeviceSettings {

  private static final String FILE = ".yaml";

  private static final ValueRule<String> NAME =
      ValueRule.text(
          "a device that finch devices lists, or a profile's file", Pattern.compile("\\S.*"));

  private DeviceSettings() {}

  static @Nullable String read(
      Section parent, List<Objective> objectives, List<Constraint> constraints) {
    String device = parent.read("device", NAME).orElse(null);
    if (device == null && needsDevice(objectives, constraints)) {
      parent.report("device", MISSING, WAY_OUT);
    }
    return device;
  }

  private static final String MISSING =
      "must be set: %s is estimated for a device.".formatted(Objective.LATENCY.name());
  private static final String WAY_OUT = "Name one, as in device: pixel-1.";

  /**
   * @throws IllegalArgumentException if latencies are asked for and there is no device
   */
  static void require(
      @Nullable String device, List<Objective> objectives, List<Constraint> constraints) {
    if (device == null && needsDevice(objectives, constraints)) {
      throw new IllegalArgumentException("device " + MISSING + " " + WAY_OUT);
    }
  }

  private static boolean needsDevice(List<Objective> objectives, List<Constraint> constraints) {
    return objectives.contains(Objective.LATENCY)
        || constraints.stream().anyMatch(each -> each.objective().equals(Objective.LATENCY));
  }

  /** A file named relative to a folder, found from anywhere; a name stays as it is. */
  static @Nullable String from(@Nullable String device, Path folder) {
    boolean isFile = device != null && device.endsWith(FILE);
    return isFile ? folder.resolve(String.valueOf(device)).normalize().toString() : device;
  }
}
