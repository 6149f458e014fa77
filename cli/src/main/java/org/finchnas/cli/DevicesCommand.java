package org.finchnas.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.ProfileError;
import org.finchnas.mobile.latency.profile.ProfileFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code finch devices}. */
@Command(
    name = "devices",
    description = "Device profiles: which there are, where each comes from, how far off it is.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Errors are those of estimates for networks that a profile was fitted without.",
      "finch latency ARCH --device NAME estimates; --verbose here says where each comes from."
    })
final class DevicesCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws IOException {
    List<DeviceProfile> profiles = Places.devices().all();
    Table table =
        new Table("device", "runtime", "precision", "threads", "date", "error", "9 of 10 within");
    for (DeviceProfile profile : profiles) {
      table.row(
          profile.name(),
          profile.runtime().token(),
          profile.precision().token(),
          Integer.toString(profile.threads()),
          profile.date(),
          Quantity.percent(profile.error().median()),
          Quantity.percent(profile.error().ninetieth()));
    }
    table.lines().forEach(output::say);
    if (output.isVerbose()) {
      profiles.forEach(this::sayOrigin);
    }
    output.answer(Map.of("devices", profiles.stream().map(DevicesCommand::json).toList()));
    return Finch.DONE;
  }

  private void sayOrigin(DeviceProfile profile) {
    output.say("");
    output.say("%s: %s", profile.name(), profile.device());
    output.say("  from %s (%s)", profile.source(), profile.date());
    output.say("  %s", profile.made());
    output.say(
        "  error by: %s; %d estimates", profile.error().method(), profile.error().networks());
  }

  static Map<String, Object> json(DeviceProfile profile) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", profile.name());
    json.put("device", profile.device());
    json.put("source", profile.source());
    json.put("date", profile.date());
    json.put("runtime", profile.runtime().token());
    json.put("precision", profile.precision().token());
    json.put("threads", profile.threads());
    json.put("made", profile.made());
    json.put("error", json(profile.error()));
    json.put("unseen", profile.unseen().stream().map(KernelKind::token).toList());
    json.put("sha256", ProfileFile.hash(profile));
    return json;
  }

  private static Map<String, Object> json(ProfileError error) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", error.method());
    json.put("networks", error.networks());
    json.put("median", error.median());
    json.put("ninetieth", error.ninetieth());
    json.put("worst", error.worst());
    if (!Double.isNaN(error.macsAlone())) {
      json.put("macsAlone", error.macsAlone());
    }
    return json;
  }
}
