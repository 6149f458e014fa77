package org.finchnas.benchmarks.export;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.FileSizes;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.Precision;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/**
 * How long it takes to tell the size of a file before training, which a search does for each
 * candidate: the median over networks, each told three times of which the fastest counts.
 */
record PredictionTimes(Map<FileKind, Double> millis, double meanParams) {

  private static final int REPEATS = 3;
  private static final int CLASSES = 10;

  static PredictionTimes of(List<TrainedCell> cells, int image) {
    List<Network> networks =
        cells.stream()
            .map(cell -> cell.architecture().assemble(new Shape(3, image, image), CLASSES))
            .toList();
    FileSizes sizes = new FileSizes(FileTrial.EXPORTERS);
    Map<FileKind, Double> millis = new LinkedHashMap<>();
    for (FileKind kind :
        FileKind.all(List.of(ExportFormat.values()), List.of(Precision.values()))) {
      double[] each =
          networks.stream()
              .mapToDouble(network -> fastest(sizes, network, kind))
              .sorted()
              .toArray();
      millis.put(kind, each[each.length / 2]);
    }
    return new PredictionTimes(
        millis, networks.stream().mapToLong(Network::params).average().orElseThrow());
  }

  private static double fastest(FileSizes sizes, Network network, FileKind kind) {
    List<String> labels = IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList();
    ModelCard card = new ModelCard(network.name(), "", "cifar10", "benchmark");
    double[] millis = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      if (sizes.bytes(network, card, labels, kind) <= 0) {
        throw new IllegalStateException("A file has bytes.");
      }
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return Arrays.stream(millis).min().orElseThrow();
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Time to predict a file's bytes, %.0f params on average%n",
                meanParams));
    millis.forEach(
        (kind, median) ->
            text.append(String.format(Locale.ROOT, "%-15s %7.2f ms%n", kind, median)));
    return text.toString();
  }
}
