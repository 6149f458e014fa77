package org.finchnas.evolution.tabular;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.finchnas.evaluation.Direction;

/** Tables for tests. */
final class Tables {

  private Tables() {}

  /** Nine architectures, a…c twice; accuracy counts the letters, size weighs the first more. */
  static final String NINE =
      """
      arch,acc,noisy,size
      a-a,0,1,1
      a-b,1,2,2
      a-c,2,1,3
      b-a,1,0,4
      b-b,2,2,5
      b-c,3,2,6
      c-a,2,4,7
      c-b,3,1,8
      c-c,4,3,9
      """;

  static TableDescription description(
      List<String> seen, List<String> costs, Map<String, Double> limits) {
    return new TableDescription(
        "nine",
        "arch",
        Pattern.compile("[a-c]"),
        seen,
        "acc",
        Direction.MAXIMIZE,
        costs,
        costs,
        Map.of(),
        limits,
        List.of());
  }

  static Path write(Path folder, String csv) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), csv);
  }

  static Path gzip(Path folder, String csv) throws IOException {
    Path file = folder.resolve("table.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(csv.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
