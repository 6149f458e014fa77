package org.finchnas.mobile.latency.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.searchspace.DidYouMean;
import org.finchnas.searchspace.network.Network;

/** Reads the form of a kit; whatever is wrong is told row by row, all at once. */
public final class KitTimings {

  static final String HEADING = "model,latency,unit";

  private static final Map<String, Double> MILLIS =
      Map.of("ns", 1e-6, "us", 1e-3, "µs", 1e-3, "ms", 1.0, "s", 1e3);

  /** Beyond it no core multiplies and adds: faster timings are of another unit or model. */
  private static final double MOST_MACS_PER_MILLI = 1e9;

  /** A second for the largest of these small models is a unit that is wrong. */
  private static final double MOST_MILLIS = 1000;

  private final LatencyRuntime runtime;
  private final Map<String, Network> networks = new LinkedHashMap<>();
  private final Map<String, Timing> timings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private KitTimings(LatencyRuntime runtime) {
    this.runtime = runtime;
    CalibrationKit.networks().forEach(network -> networks.put(network.name(), network));
  }

  /**
   * The timings of a filled form.
   *
   * @throws IllegalArgumentException with all that is wrong
   */
  public static List<Timing> parse(String text, LatencyRuntime runtime) {
    KitTimings kit = new KitTimings(runtime);
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        kit.read(i + 1, line);
      }
    }
    return kit.finish();
  }

  private void read(int row, String line) {
    if (line.replace(" ", "").equals(HEADING)) {
      return;
    }
    String[] cells = line.split(",", -1);
    if (cells.length != 3) {
      report(row, line, "must have three cells, %s".formatted(HEADING));
      return;
    }
    String model = cells[0].strip();
    Network network = networks.get(model);
    if (network == null) {
      report(
          row, model, "is no model of the kit. " + DidYouMean.sentence(model, networks.keySet()));
    } else if (timings.containsKey(model)) {
      report(row, model, "is timed twice. Keep one row");
    } else {
      timing(row, network, cells[1].strip(), cells[2].strip());
    }
  }

  private void timing(int row, Network network, String latency, String unit) {
    Double factor = MILLIS.get(unit);
    Optional<Double> value = number(latency);
    if (latency.isEmpty()) {
      report(row, network.name(), "has no latency. Time the model, then fill the row in");
    } else if (value.isEmpty()) {
      report(row, network.name(), "has \"%s\" where a number above 0 must be".formatted(latency));
    } else if (factor == null) {
      report(row, network.name(), unit(unit));
    } else {
      keep(row, network, value.get() * factor);
    }
  }

  private static String unit(String unit) {
    return unit.isEmpty()
        ? "has no unit. Write ns, us, ms or s"
        : "is timed in \"%s\". Write ns, us, ms or s".formatted(unit);
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.parseDouble(text))
          .filter(value -> value > 0 && Double.isFinite(value));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void keep(int row, Network network, double millis) {
    double fastest = network.macs() / MOST_MACS_PER_MILLI;
    if (millis > MOST_MILLIS || millis < Math.max(fastest, 1e-4)) {
      report(
          row,
          network.name(),
          "cannot take %s ms: it has %d multiply-accumulates. Mind the unit"
              .formatted(millis, network.macs()));
      return;
    }
    timings.put(
        network.name(), new Timing(network.name(), Kernels.of(network, runtime.form()), millis));
  }

  private void report(int row, String thing, String rule) {
    problems.add(
        "row %d: %s %s.".formatted(row, thing, rule).replace("?.", "?").replace("..", "."));
  }

  private List<Timing> finish() {
    List<String> missing =
        networks.keySet().stream()
            .filter(name -> !timings.containsKey(name))
            .filter(name -> problems.stream().noneMatch(each -> each.contains(": " + name + " ")))
            .toList();
    if (!missing.isEmpty()) {
      problems.add("no row: %s.".formatted(String.join(", ", missing)));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The timings have %d problem%s:\n  %s"
              .formatted(
                  problems.size(), problems.size() == 1 ? "" : "s", String.join("\n  ", problems)));
    }
    return timings.values().stream().sorted(Comparator.comparing(Timing::network)).toList();
  }
}
