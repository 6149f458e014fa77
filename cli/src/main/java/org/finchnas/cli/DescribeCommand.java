package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.LatencyEstimate;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.DidYouMean;
import org.finchnas.searchspace.drawing.CellDrawing;
import org.finchnas.searchspace.drawing.NetworkDrawing;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.notation.ForeignNotation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch describe}. */
@Command(
    name = "describe",
    description =
        "Params, MACs, memory, file sizes and estimated latency of a network; draws its cells or stages.",
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {

  private static final int MOST_PIXELS = 10_000;
  private static final int BYTES_PER_PARAM = 4;
  private static final String FINCH = "finch";

  @Mixin private final Output output = new Output();
  @Mixin private final DeviceOption device = new DeviceOption();

  @Parameters(
      paramLabel = "ARCH",
      description = {
        "A name (nasnet-a-mobile, mobilenet-v2@0.35), an architecture's notation,",
        "a model or a file that holds a notation, also that of DARTS, slim or NNI, or RUN#ID."
      })
  private String subject = "";

  @Option(names = "--image", paramLabel = "N", description = "Rows and columns of an image.")
  private @Nullable Integer image;

  @Option(names = "--classes", paramLabel = "N", description = "Number of classes.")
  private @Nullable Integer classes;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draw the cells, or the stages of a network without cells, into this file.")
  private @Nullable Path svg;

  @Option(
      names = "--macro",
      paramLabel = "SETTINGS",
      description = {
        "How to stack the cells in a file of another tool:",
        "n=4,f=44,stem=imagenet (default n=6,f=36,stem=cifar).",
        "They are wired as the tool does it unless it has wiring=…"
      })
  private @Nullable String macro;

  @Option(
      names = "--as",
      paramLabel = "NOTATION",
      description = "Print the architecture as finch, darts, slim, nni or json, and nothing else.")
  private @Nullable String as;

  @Option(
      names = "--files",
      description =
          "Also how large the files of each format and precision will be; takes some seconds for large networks.")
  private boolean files;

  @Override
  public Integer call() throws IOException {
    Blueprint published =
        (macro == null ? Subject.of(subject) : Subject.ofCells(subject, macro)).blueprint();
    if (as != null) {
      output.say("%s", written(requireCells(published), as));
      return Finch.DONE;
    }
    if (image != null) {
      requireImage(image);
    }
    Shape shape =
        image == null ? published.image() : new Shape(published.image().channels(), image, image);
    Blueprint blueprint =
        new Blueprint(published.design(), shape, classes == null ? published.classes() : classes);
    Network network = blueprint.assemble();
    if (svg != null) {
      draw(blueprint, network, svg);
    }
    print(blueprint, network, device.profiles());
    if (svg != null) {
      output.say("  drawn into %s", svg);
    }
    return Finch.DONE;
  }

  /**
   * @throws InputException if an image of so many rows and columns makes no sense
   */
  static void requireImage(int image) {
    if (image < 1 || image > MOST_PIXELS) {
      throw new InputException("--image (%d) must be from 1 to %d.".formatted(image, MOST_PIXELS));
    }
  }

  private void print(Blueprint blueprint, Network network, List<DeviceProfile> profiles) {
    Shape shape = blueprint.image();
    output.say("%s, images %s, %d classes", subject, shape, blueprint.classes());
    output.say("  params             %15s", Quantity.count(network.params()));
    output.say("  with statistics    %15s", Quantity.count(network.paramsWithStatistics()));
    output.say("  MACs               %15s", Quantity.count(network.macs()));
    output.say("  peak activations   %15s bytes", Quantity.count(network.peakActivationBytes()));
    output.say(
        "  weights in fp32    %15s bytes", Quantity.count(network.params() * BYTES_PER_PARAM));
    output.say("  layers             %15s", Quantity.count(network.nodes().size() - 1));
    Map<DeviceProfile, LatencyEstimate> estimates = new LinkedHashMap<>();
    profiles.forEach(profile -> estimates.put(profile, profile.estimate(network)));
    estimates.forEach(this::sayLatency);
    blueprint
        .architecture()
        .ifPresent(
            cells -> {
              output.say("  id                 %15s", cells.id());
              output.say("  notation  %s", cells.notation());
            });
    Map<String, Object> json = json(blueprint, network);
    if (files) {
      FileSizeTable sizes = FileSizeTable.of(blueprint, network);
      sizes.lines().forEach(line -> output.say("%s", line));
      json.put("fileBytes", sizes.json());
    }
    if (!estimates.isEmpty()) {
      List<Map<String, Object>> latencies = new ArrayList<>();
      estimates.forEach(
          (profile, estimate) -> latencies.add(LatencyCommand.brief(profile, estimate)));
      json.put("latencies", latencies);
    }
    output.answer(json);
  }

  private void sayLatency(DeviceProfile profile, LatencyEstimate estimate) {
    output.say(
        "  latency, estimated %15s on %s (%s)",
        Quantity.millis(estimate.millis()), profile.name(), profile.conditions());
    DeviceOption.caveats(profile).forEach(output::warn);
  }

  private Map<String, Object> json(Blueprint blueprint, Network network) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", subject);
    json.put("params", network.params());
    json.put("paramsWithStatistics", network.paramsWithStatistics());
    json.put("macs", network.macs());
    json.put("peakActivationBytes", network.peakActivationBytes());
    json.put("image", blueprint.image().height());
    json.put("classes", blueprint.classes());
    blueprint
        .architecture()
        .ifPresent(
            cells -> {
              json.put("id", cells.id().hex());
              json.put("architecture", cells.notation());
            });
    return json;
  }

  private void draw(Blueprint blueprint, Network network, Path file) throws IOException {
    String drawing =
        blueprint
            .architecture()
            .map(CellDrawing::svg)
            .orElseGet(() -> NetworkDrawing.svg(network, blueprint.design()));
    Output.write(file, drawing);
  }

  private Architecture requireCells(Blueprint blueprint) {
    return blueprint
        .architecture()
        .orElseThrow(
            () ->
                new InputException("%s has no cells to write. Leave out --as.".formatted(subject)));
  }

  private String written(Architecture architecture, String notation) {
    if (output.isJson() || svg != null || image != null || classes != null) {
      throw new InputException(
          "--as prints one notation and nothing else: leave out --json, --svg, --image and --classes.");
    }
    if (notation.equals(FINCH)) {
      return architecture.notation();
    }
    return ForeignNotation.find(notation)
        .orElseThrow(() -> new InputException(unknownNotation(notation)))
        .write(architecture);
  }

  private static String unknownNotation(String notation) {
    List<String> known = new ArrayList<>(ForeignNotation.tokens());
    known.add(FINCH);
    return "There is no notation \"%s\". %s"
        .formatted(notation, DidYouMean.sentence(notation, known));
  }
}
