package org.finchnas.mobile.latency.calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.searchspace.DidYouMean;
import org.finchnas.searchspace.network.Network;

/**
 * Reads the form of a kit, also as a spreadsheet saves it: cells may be quoted, and separated by
 * semicolons or tabs with decimal commas. Whatever is wrong is told row by row, all at once.
 */
public final class KitTimings {

  static final String HEADING = "model,latency,unit";

  /** With both letters that look like a mu. */
  private static final Map<String, Double> MILLIS =
      Map.of("ns", 1e-6, "us", 1e-3, "\u00b5s", 1e-3, "\u03bcs", 1e-3, "ms", 1.0, "s", 1e3);

  private static final Pattern NUMBER = Pattern.compile("\\d*\\.?\\d+(?:[eE][+-]?\\d+)?");

  /** Beyond it no core multiplies and adds: faster timings are of another unit or model. */
  private static final double MOST_MACS_PER_MILLI = 1e9;

  /** A second for the largest of these small models is a unit that is wrong. */
  private static final double MOST_MILLIS = 1000;

  private final LatencyRuntime runtime;
  private final Map<String, Network> networks = new LinkedHashMap<>();
  private final Map<String, Timing> timings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private final String separator;

  private KitTimings(LatencyRuntime runtime, String separator) {
    this.runtime = runtime;
    this.separator = separator;
    CalibrationKit.networks().forEach(network -> networks.put(network.name(), network));
  }

  /**
   * The timings of a filled form.
   *
   * @throws IllegalArgumentException with all that is wrong
   * @throws IOException if the file cannot be read
   */
  public static List<Timing> read(Path form, LatencyRuntime runtime) throws IOException {
    return parse(SpreadsheetText.read(form), runtime);
  }

  static List<Timing> parse(String text, LatencyRuntime runtime) {
    List<String> lines = text.lines().toList();
    KitTimings kit = new KitTimings(runtime, separator(lines));
    for (int i = 0; i < lines.size(); i++) {
      if (hasCells(lines.get(i))) {
        kit.read(i + 1, lines.get(i));
      }
    }
    return kit.finish();
  }

  private static boolean hasCells(String line) {
    return !line.isBlank() && !line.stripLeading().startsWith("#");
  }

  private static String separator(List<String> lines) {
    String first = lines.stream().filter(KitTimings::hasCells).findFirst().orElse("");
    return Stream.of(";", "\t").filter(first::contains).findFirst().orElse(",");
  }

  private void read(int row, String line) {
    List<String> cells = cells(line);
    if (String.join(",", cells).equalsIgnoreCase(HEADING)) {
      return;
    }
    if (cells.size() != 3) {
      report(row, line, "must have three cells, %s".formatted(HEADING));
      return;
    }
    String model = cells.get(0);
    Network network = networks.get(model);
    if (network == null) {
      report(
          row, model, "is no model of the kit. " + DidYouMean.sentence(model, networks.keySet()));
    } else if (timings.containsKey(model)) {
      report(row, model, "is timed twice. Keep one row");
    } else {
      timing(row, network, cells.get(1), cells.get(2));
    }
  }

  /** Without quotes, and without empty cells behind the third. */
  private List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(separator, -1)) {
      cells.add(cell.strip().replaceAll("^\"(.*)\"$", "$1").strip());
    }
    while (cells.size() > 3 && cells.get(cells.size() - 1).isEmpty()) {
      cells.remove(cells.size() - 1);
    }
    return cells;
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

  private Optional<Double> number(String text) {
    String point = separator.equals(",") ? text : text.replace(',', '.');
    return Optional.of(point)
        .filter(digits -> NUMBER.matcher(digits).matches())
        .map(Double::valueOf)
        .filter(value -> value > 0 && Double.isFinite(value));
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
