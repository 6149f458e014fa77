package org.finchnas.benchmarks.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.finchnas.mobile.FileKind;

/** The worst of all networks, a line for each format and precision. */
record FigureTable(List<FileFigures> figures) {

  private static final String ROW = "%-15s %11s %9s %9s %9s %9s %9s %10s %10s%n";

  private Map<FileKind, List<FileFigures>> byKind() {
    return figures.stream()
        .collect(Collectors.groupingBy(FileFigures::kind, LinkedHashMap::new, Collectors.toList()));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
            String.format(
                Locale.ROOT,
                ROW,
                "",
                "probability",
                "logit",
                "top-1",
                "decided",
                "lost",
                "lost",
                "bytes",
                "predicted"))
        .append(
            String.format(
                Locale.ROOT,
                ROW,
                "",
                "worst",
                "worst",
                "worst",
                "worst",
                "worst",
                "mean",
                "mean",
                "off"));
    byKind().forEach((kind, of) -> text.append(line(kind, of)));
    return text.toString();
  }

  private static String line(FileKind kind, List<FileFigures> of) {
    return String.format(
        Locale.ROOT,
        ROW,
        kind,
        "%.1e".formatted(worst(of, each -> each.verification().probabilityDifference())),
        "%.1e".formatted(worst(of, each -> each.verification().logitDifference())),
        "%.2f %%".formatted(100 * least(of, each -> each.verification().topAgreement())),
        "%.2f %%".formatted(100 * least(of, each -> each.verification().decidedAgreement())),
        "%.2f".formatted(worst(of, FileFigures::accuracyLost)),
        "%.2f"
            .formatted(of.stream().mapToDouble(FileFigures::accuracyLost).average().orElseThrow()),
        "%.0f".formatted(of.stream().mapToLong(FileFigures::fileBytes).average().orElseThrow()),
        "%.2f %%".formatted(100 * worst(of, FileFigures::predictionError)));
  }

  private static double least(List<FileFigures> of, ToDoubleFunction<FileFigures> figure) {
    return of.stream().mapToDouble(figure).min().orElseThrow();
  }

  private static double worst(List<FileFigures> of, ToDoubleFunction<FileFigures> figure) {
    return of.stream().mapToDouble(figure).max().orElseThrow();
  }

  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    ArrayNode files = json.putArray("files");
    for (FileFigures each : figures) {
      files
          .addObject()
          .put("network", each.cell())
          .put("accuracy", each.trainedAccuracy())
          .put("format", each.kind().format().token())
          .put("precision", each.kind().precision().token())
          .put("images", each.verification().images())
          .put("probabilityDifference", each.verification().probabilityDifference())
          .put("logitDifference", each.verification().logitDifference())
          .put("topAgreement", each.verification().topAgreement())
          .put("accuracyLost", each.accuracyLost())
          .put("decidedAgreement", each.verification().decidedAgreement())
          .put("fileBytes", each.fileBytes())
          .put("predictedBytes", each.predictedBytes());
    }
    return json + "\n";
  }
}
