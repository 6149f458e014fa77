package org.finchnas.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.KernelTime;
import org.finchnas.mobile.latency.profile.LatencyEstimate;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch latency}. */
@Command(
    name = "latency",
    description = "Estimates how long a network takes on a device, and where the time goes.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An estimate for batch 1, never a measurement. finch devices lists the devices.",
      "Example: finch latency mobilenet-v2@0.5 --device pixel-1"
    })
final class LatencyCommand implements Callable<Integer> {

  private static final int SHOWN = 5;

  @Mixin private final Output output = new Output();
  @Mixin private final DeviceOption device = new DeviceOption();

  @Parameters(
      paramLabel = "ARCH",
      description = "A name (mobilenet-v2@0.35), a notation, a model or a file, or RUN#ID.")
  private String subject = "";

  @Option(names = "--image", paramLabel = "N", description = "Rows and columns of an image.")
  private @Nullable Integer image;

  @Option(names = "--classes", paramLabel = "N", description = "Number of classes.")
  private @Nullable Integer classes;

  @Override
  public Integer call() throws IOException {
    List<DeviceProfile> profiles = device.profiles();
    if (profiles.isEmpty()) {
      throw new InputException(
          "On which device? Name one with --device: %s."
              .formatted(String.join(", ", Places.devices().names())));
    }
    Blueprint published = Subject.of(subject).blueprint();
    if (image != null) {
      DescribeCommand.requireImage(image);
    }
    Shape shape =
        image == null ? published.image() : new Shape(published.image().channels(), image, image);
    int count = classes == null ? published.classes() : classes;
    Network network = new Blueprint(published.design(), shape, count).assemble();
    output.say("%s, images %s, %d classes", subject, shape, count);
    List<Map<String, Object>> estimates = new ArrayList<>();
    for (DeviceProfile profile : profiles) {
      LatencyEstimate estimate = profile.estimate(network);
      lines(profile, estimate).forEach(output::say);
      DeviceOption.caveats(profile).forEach(output::warn);
      estimates.add(json(profile, estimate));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", subject);
    json.put("image", shape.height());
    json.put("classes", count);
    json.put("estimates", estimates);
    output.answer(json);
    return Finch.DONE;
  }

  private static List<String> lines(DeviceProfile profile, LatencyEstimate estimate) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %s (%s): about %s, estimated; 9 of 10 networks lie between %s and %s"
            .formatted(
                profile.name(),
                profile.conditions(),
                Quantity.millis(estimate.millis()),
                Quantity.millis(estimate.lowMillis()),
                Quantity.millis(estimate.highMillis())));
    if (estimate.unseenShare() >= 0.005) {
      lines.add(
          "  %s of it is guessed: no timing of this device had such kernels"
              .formatted(Quantity.percent(estimate.unseenShare())));
    }
    Table kinds = new Table("kernels", "share", "time");
    estimate
        .byKind()
        .forEach(
            (kind, millis) ->
                kinds.row(
                    kind.token(),
                    Quantity.percent(millis / estimate.millis()),
                    Quantity.millis(millis)));
    kinds.lines().forEach(line -> lines.add("  " + line));
    Table costliest = new Table("costliest", "kernel", "MACs", "time");
    for (KernelTime time : estimate.costliest(SHOWN)) {
      costliest.row(
          time.kernel().name(),
          time.kernel().kind().token(),
          Quantity.rounded((double) time.kernel().macs()),
          Quantity.millis(time.millis()));
    }
    costliest.lines().forEach(line -> lines.add("  " + line));
    return lines;
  }

  /** One estimate, as every command answers it. */
  static Map<String, Object> brief(DeviceProfile profile, LatencyEstimate estimate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", profile.name());
    json.put("runtime", profile.runtime().token());
    json.put("precision", profile.precision().token());
    json.put("threads", profile.threads());
    json.put("latencyMillis", estimate.millis());
    json.put("lowMillis", estimate.lowMillis());
    json.put("highMillis", estimate.highMillis());
    json.put("unseenShare", estimate.unseenShare());
    return json;
  }

  private static Map<String, Object> json(DeviceProfile profile, LatencyEstimate estimate) {
    Map<String, Object> json = brief(profile, estimate);
    Map<String, Object> kinds = new LinkedHashMap<>();
    estimate.byKind().forEach((kind, millis) -> kinds.put(kind.token(), millis));
    json.put("byKind", kinds);
    List<Map<String, Object>> kernels = new ArrayList<>();
    for (KernelTime time : estimate.kernels()) {
      Map<String, Object> kernel = new LinkedHashMap<>();
      kernel.put("name", time.kernel().name());
      kernel.put("kind", time.kernel().kind().token());
      kernel.put("macs", time.kernel().macs());
      kernel.put("millis", time.millis());
      kernels.add(kernel);
    }
    json.put("kernels", kernels);
    return json;
  }
}
