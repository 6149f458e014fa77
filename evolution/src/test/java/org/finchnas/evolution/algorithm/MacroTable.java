package org.finchnas.evolution.algorithm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * NAS-Bench-Macro: networks of eight layers of three kinds, trained on CIFAR-10 (arXiv 2103.11922).
 *
 * @param accuracies in percent, mean of three trainings, by the kinds of the layers
 */
record MacroTable(Map<String, Double> accuracies) {

  static final DigitStrings SPACE = new DigitStrings(8, 3);

  static MacroTable read(Path csv) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(csv)), StandardCharsets.UTF_8))) {
      List<String> header = Arrays.asList(reader.readLine().split(",", -1));
      int architecture = header.indexOf("arch");
      int accuracy = header.indexOf("mean_acc");
      return new MacroTable(
          reader
              .lines()
              .map(line -> line.split(",", -1))
              .collect(
                  Collectors.toMap(
                      cells -> cells[architecture], cells -> Double.parseDouble(cells[accuracy]))));
    }
  }

  double accuracy(String architecture) {
    return Objects.requireNonNull(accuracies.get(architecture), architecture);
  }

  double best() {
    return accuracies.values().stream().mapToDouble(accuracy -> accuracy).max().orElseThrow();
  }
}
