package org.finchnas.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.FileSizes;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.Precision;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;

/**
 * How large the files of a network that nobody has trained will be, by format and precision.
 *
 * @param bytes where the format can express the network
 * @param refused why it cannot
 */
record FileSizeTable(Map<FileKind, Long> bytes, Map<ExportFormat, String> refused) {

  /**
   * Above this the files of all formats would take long, and more memory than describing should.
   */
  private static final long MOST_PARAMS = 8_000_000;

  static FileSizeTable of(Blueprint blueprint, Network network) {
    Map<FileKind, Long> bytes = new LinkedHashMap<>();
    Map<ExportFormat, String> refused = new LinkedHashMap<>();
    if (network.params() <= MOST_PARAMS) {
      FileSizes sizes = new FileSizes(Exporters.all());
      ModelCard card = new ModelCard(network.name(), blueprint.design(), "", Version.current());
      List<String> labels =
          IntStream.range(0, blueprint.classes()).mapToObj(i -> "class " + i).toList();
      for (FileKind kind :
          FileKind.all(List.of(ExportFormat.values()), List.of(Precision.values()))) {
        try {
          bytes.put(kind, sizes.bytes(network, card, labels, kind));
        } catch (IllegalArgumentException e) {
          refused.putIfAbsent(kind.format(), Failures.message(e));
        }
      }
    }
    return new FileSizeTable(
        Collections.unmodifiableMap(bytes), Collections.unmodifiableMap(refused));
  }

  List<String> lines() {
    if (bytes.isEmpty() && refused.isEmpty()) {
      return List.of(
          "  files               not predicted above %s params"
              .formatted(Quantity.rounded((double) MOST_PARAMS)));
    }
    List<String> lines = new ArrayList<>();
    for (ExportFormat format : ExportFormat.values()) {
      String reason = refused.get(format);
      lines.add(
          "  %-18s %s"
              .formatted(format.token(), reason == null ? line(format) : "refused: " + reason));
    }
    return lines;
  }

  private String line(ExportFormat format) {
    StringBuilder line = new StringBuilder();
    for (Precision precision : Precision.values()) {
      Long size = bytes.get(new FileKind(format, precision));
      line.append(
          "%15s bytes in %s%s"
              .formatted(
                  size == null ? "?" : Quantity.count(size),
                  precision.token(),
                  precision == Precision.INT8 ? "" : ", "));
    }
    return line.toString();
  }

  /** By format, then by precision; empty where nothing is predicted. */
  Map<String, Map<String, Long>> json() {
    Map<String, Map<String, Long>> json = new LinkedHashMap<>();
    bytes.forEach(
        (kind, size) ->
            json.computeIfAbsent(kind.format().token(), key -> new LinkedHashMap<>())
                .put(kind.precision().token(), size));
    return Collections.unmodifiableMap(json);
  }
}
