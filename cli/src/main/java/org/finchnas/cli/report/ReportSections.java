package org.finchnas.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.cli.view.RunView;
import org.finchnas.coordinator.RungSummary;
import org.finchnas.coordinator.config.ConfigWriter;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.RankCorrelation;

/**
 * What a report says besides what the live page shows.
 *
 * @param front numbers of the candidates on it, best first
 * @param finch how a person calls Finch in a terminal
 */
record ReportSections(RecordedRun run, RunView view, List<Integer> front, String finch) {

  /** More winners than a person compares. */
  private static final int MOST_WINNERS = 12;

  ReportSections {
    front = List.copyOf(front);
  }

  /**
   * @param pictures of cells, as addresses, by number
   */
  String html(Map<Integer, String> pictures) {
    Html html = new Html();
    winners(html, pictures);
    fidelity(html);
    reproduce(html);
    provenance(html);
    html.section("settings", "Settings", "The effective configuration, with every default.")
        .listing(ConfigWriter.write(run.config()))
        .end();
    return html.toString();
  }

  private void winners(Html html, Map<Integer, String> pictures) {
    String note =
        front.size() > MOST_WINNERS
            ? "The most accurate %d of %d on the front; a click in the chart shows the others."
                .formatted(MOST_WINNERS, front.size())
            : "All that stand on the front, the most accurate first.";
    html.section("winners", "Winners", front.isEmpty() ? "Nothing is trained yet." : note);
    html.open("div", "winners");
    for (int number : front.subList(0, Math.min(front.size(), MOST_WINNERS))) {
      view.completed(number).ifPresent(each -> winner(html, each, pictures));
    }
    html.close("div").end();
  }

  private void winner(Html html, Completed winner, Map<Integer, String> pictures) {
    int number = winner.candidate().number();
    html.open("article", "winner").heading("#" + number);
    List<List<String>> scores = new ArrayList<>();
    scores.add(
        List.of("validation accuracy", percent(winner.score(Objective.VALIDATION_ACCURACY))));
    new TreeMap<>(winner.scores())
        .forEach(
            (name, score) -> {
              if (!name.equals(Objective.VALIDATION_ACCURACY.name())) {
                scores.add(List.of(words(name), count(score)));
              }
            });
    view.trained(number).ifPresent(trained -> scores.addAll(finals(trained)));
    html.pairs(scores);
    String picture = pictures.get(number);
    if (picture != null) {
      html.picture(picture, "Cells of #" + number);
    }
    files(html, number);
    html.close("article");
  }

  private static List<List<String>> finals(JsonNode trained) {
    int epochs = trained.at("/fidelity/epochs").asInt();
    return List.of(
        List.of(
            "exported after %d epochs, validation".formatted(epochs),
            percent(trained.path("validationAccuracy").asDouble())),
        List.of(
            "on %s test images".formatted(count(trained.path("testImages").asDouble())),
            percent(trained.path("testAccuracy").asDouble())));
  }

  private void files(Html html, int number) {
    html.open("ul", "files");
    for (Map<String, Object> file : view.files(number)) {
      String name = String.valueOf(file.get("name"));
      Object verified = file.get("verified");
      boolean good = "true".equals(String.valueOf(verified));
      html.file(
          "../models/%s/%s".formatted(file.get("folder"), name),
          name,
          verified == null ? "" : good ? "verified" : "not verified",
          good,
          count(((Number) file.getOrDefault("bytes", 0)).doubleValue()) + " bytes");
    }
    html.close("ul");
  }

  /** How far what is cheap foretells what is dear. */
  private void fidelity(Html html) {
    RungSummary summary = RungSummary.of(run.told(), run.config().rungs());
    html.section("fidelity", "How well fidelities agree", "");
    RungSummary.Agreement agreement = summary.agreement();
    if (summary.rungs().size() == 1) {
      html.paragraph(
          "All candidates were trained alike, so there is nothing to compare: the accuracies above are those of the search's own fidelity.");
    } else if (agreement.count() < 2 || Double.isNaN(agreement.kendallTau())) {
      html.paragraph(
          "Too few candidates were trained on both the lowest and the highest rung to compare them.");
    } else {
      html.paragraph(
          String.format(
              Locale.ROOT,
              "Kendall's tau between the accuracies on the lowest rung and on the highest, of the %d candidates that reached both: %.2f (1 is the same order, 0 none). Only the promoted are compared, so the agreement over all is usually higher.",
              agreement.count(),
              agreement.kendallTau()));
    }
    finals(html);
    html.end();
  }

  /** How far the search foretold the accuracy of what was trained for use. */
  private void finals(Html html) {
    List<JsonNode> trained =
        front.stream().flatMap(number -> view.trained(number).stream()).toList();
    if (trained.size() < 2) {
      return;
    }
    double tau =
        RankCorrelation.kendallTau(
            values(trained, "searchAccuracy"), values(trained, "testAccuracy"));
    html.paragraph(
        String.format(
            Locale.ROOT,
            "Between the accuracy in the search and on test images after the final training, of the %d that were exported: %.2f.",
            trained.size(),
            tau));
  }

  private static List<Double> values(List<JsonNode> trained, String name) {
    return trained.stream().map(each -> each.path(name).asDouble()).toList();
  }

  private void reproduce(Html html) {
    Path path = run.path().toAbsolutePath().normalize();
    html.section(
        "reproduce",
        "Reproduce it",
        "The same configuration and seed give the same evaluations in the same order, within one numeric class.");
    html.code("%s search %s --run %s".formatted(finch, word(path.resolve("config.yaml")), "AGAIN"));
    html.code("%s pareto %s --csv".formatted(finch, word(path)));
    if (!front.isEmpty()) {
      String best = word(path + "#" + front.get(0));
      html.code("%s train %s --epochs 30".formatted(finch, best));
      html.code("%s export %s --format onnx,tflite,coreml".formatted(finch, best));
    }
    html.end();
  }

  private void provenance(Html html) {
    Provenance from = run.provenance();
    html.section("provenance", "Provenance", "");
    html.pairs(
        List.of(
            List.of("Finch", from.version()),
            List.of("seed", from.seed()),
            List.of("data set", from.dataSet()),
            List.of("hash of the images", from.dataHash()),
            List.of("numeric class", from.numericClass()),
            List.of("hash of the settings", from.configDigest()),
            List.of("Java", from.java()),
            List.of("system", from.os()),
            List.of("processor", from.cpu())));
    html.end();
  }

  /** As people say it: peak activation bytes. */
  private static String words(String score) {
    return score.equals("macs")
        ? "MACs"
        : score.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String word(Object text) {
    String plain = text.toString();
    return plain.matches("[A-Za-z0-9._/@:=,+-]+") ? plain : "'" + plain.replace("'", "'\\''") + "'";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String count(double value) {
    boolean whole = value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.3f", value).replace(',', ' ');
  }
}
