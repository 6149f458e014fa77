package org.finchnas.benchmarks.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.kernel.Kernel;
import org.finchnas.mobile.latency.kernel.KernelForm;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/**
 * Latencies that others published, which lie outside the repository.
 *
 * @param folder with {@code ncnn_cpu_latency.csv.gz} and {@code tf_slim_mobilenets.csv}
 */
record PublishedTimings(Path folder) {

  private static final String ONE_THREAD = "1";
  private static final String NO_GPU = "-1";

  /** Those of a device of ncnn's table, one thread: the fastest run of each network. */
  List<Timing> ncnn(NcnnDevice device) throws IOException {
    Map<String, Timing> fastest = new HashMap<>();
    for (Map<String, String> row : rows("ncnn_cpu_latency.csv.gz")) {
      if (device.isRow(cell(row, "device"), Integer.parseInt(cell(row, "powersave")))
          && cell(row, "num_threads").equals(ONE_THREAD)
          && cell(row, "gpu_device").equals(NO_GPU)) {
        String model = cell(row, "model");
        double millis = Double.parseDouble(cell(row, "min_ms"));
        kernels(model)
            .ifPresent(
                kernels ->
                    fastest.merge(
                        model,
                        new Timing(model, kernels, millis),
                        (a, b) -> a.millis() < b.millis() ? a : b));
      }
    }
    if (fastest.isEmpty()) {
      throw new IOException(
          "%s has no rows of %s in %s.".formatted(folder, device.title(), "ncnn_cpu_latency"));
    }
    return fastest.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Optional<List<Kernel>> kernels(String model) {
    return NcnnNetworks.find(model).map(network -> Kernels.of(network, KernelForm.NETWORK));
  }

  /** Those of MobileNetV2 on a Pixel 1; all image sizes of a width count as one network. */
  List<Timing> pixel1() throws IOException {
    List<Timing> timings = new ArrayList<>();
    for (Map<String, String> row : rows("tf_slim_mobilenets.csv")) {
      String model = cell(row, "model");
      String millis = cell(row, "pixel1_ms");
      if (model.startsWith("mobilenet_v2_") && !millis.isEmpty()) {
        String name = "mobilenet-v2@" + model.substring("mobilenet_v2_".length());
        int size = Integer.parseInt(cell(row, "input"));
        Network network = new Blueprint(name, new Shape(3, size, size), 1001).assemble();
        timings.add(
            new Timing(name, Kernels.of(network, KernelForm.NETWORK), Double.parseDouble(millis)));
      }
    }
    return timings;
  }

  private static String cell(Map<String, String> row, String column) {
    String value = row.get(column);
    if (value == null) {
      throw new IllegalArgumentException("There is no column %s.".formatted(column));
    }
    return value;
  }

  private List<Map<String, String>> rows(String name) throws IOException {
    Path file = folder.resolve(name);
    try (BufferedReader reader = reader(file)) {
      List<String> lines = reader.lines().toList();
      String[] heading = lines.get(0).split(",", -1);
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        rows.add(row(heading, cells(line)));
      }
      return rows;
    }
  }

  private static Map<String, String> row(String[] heading, List<String> cells) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < heading.length && i < cells.size(); i++) {
      row.put(heading[i], cells.get(i));
    }
    return row;
  }

  /** A comma in quotes belongs to the text. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static BufferedReader reader(Path file) throws IOException {
    return file.toString().endsWith(".gz")
        ? new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))
        : Files.newBufferedReader(file);
  }
}
