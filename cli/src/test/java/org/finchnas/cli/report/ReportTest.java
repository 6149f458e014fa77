package org.finchnas.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.finchnas.cli.view.GeneratedRun;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.RecordedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that a report is, read as a browser reads it. */
class ReportTest {

  private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>");
  private static final Pattern DATA =
      Pattern.compile("(?s)<script type=\"application/json\" id=\"run-data\">(.*?)</script>");
  private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  private final Path path;

  ReportTest(@TempDir Path folder) {
    this.path = folder.resolve("run");
  }

  private String write(List<ToldEvaluation> told) throws Exception {
    GeneratedRun.write(path, 300, told);
    return Files.readString(Report.write(RecordedRun.read(path), "finch", "<svg/>"));
  }

  @Test
  void itNeedsNothingButItself() throws Exception {
    String page = write(GeneratedRun.told(200, 1));
    Path report = path.resolve("report");
    for (MatchResult address : ADDRESS.matcher(withoutScripts(page)).results().toList()) {
      String to = address.group(1);
      boolean inside = to.startsWith("data:image/svg+xml;base64,") || to.startsWith("#");
      assertThat(inside || Files.exists(report.resolve(to).normalize())).as(to).isTrue();
    }
    assertThat(withoutScripts(page)).doesNotContain("http:").doesNotContain("https:");
  }

  private static String withoutScripts(String page) {
    return page.replaceAll("(?s)<script.*?</script>", "").replaceAll("(?s)<style.*?</style>", "");
  }

  @Test
  void onlyItsOwnScriptsRun() throws Exception {
    String page = write(GeneratedRun.told(200, 2));
    String policy =
        page.substring(page.indexOf("content=\"default-src"), page.indexOf("<link rel=\"icon\""));
    assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
    Set<String> allowed = new HashSet<>();
    Pattern.compile("'sha256-[^']+'")
        .matcher(policy)
        .results()
        .forEach(m -> allowed.add(m.group()));
    List<String> scripts = SCRIPT.matcher(page).results().map(m -> m.group(1)).toList();
    assertThat(scripts).hasSize(6);
    for (String script : scripts) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      assertThat(allowed).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertThat(allowed).hasSize(7);
    assertThat(page).doesNotContain(GeneratedRun.HARM);
  }

  @Test
  void itHoldsAllCandidatesAndTheDetailsOfTheFrontAndItsAncestors() throws Exception {
    String page = write(GeneratedRun.told(250, 3));
    JsonNode data =
        new ObjectMapper()
            .readTree(DATA.matcher(page).results().findFirst().orElseThrow().group(1));
    assertThat(data.get("candidates")).hasSize(250);
    assertThat(data.toString()).contains("document.title='harmed'");
    JsonNode front = data.get("status").get("front");
    assertThat(front.size()).isGreaterThan(2);
    for (JsonNode number : front) {
      JsonNode details = data.get("details").get(number.asText());
      assertThat(data.get("drawings").get(number.asText()).textValue())
          .startsWith("data:image/svg");
      for (JsonNode ancestor : details.get("lineage")) {
        assertThat(data.get("details").has(ancestor.get("number").asText())).isTrue();
      }
      assertThat(path.resolve("report").resolve("cells-" + number.asText() + ".svg")).exists();
      assertThat(page).contains("<h3>#" + number.asText() + "</h3>");
    }
    assertThat(Files.readAllLines(path.resolve("report").resolve("pareto.csv")))
        .hasSize(1 + front.size());
    assertThat(page).contains("Kendall&#39;s tau").contains("finch search ");
  }

  @Test
  void whatWasTrainedForUseStandsWithItsTestAccuracyAndHowWellTheSearchForetoldIt()
      throws Exception {
    List<ToldEvaluation> told = GeneratedRun.told(250, 5);
    assertThat(write(told)).doesNotContain("test images");
    JsonNode front =
        new ObjectMapper()
            .readTree(
                DATA.matcher(Files.readString(path.resolve("report").resolve("report.html")))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1))
            .at("/status/front");
    for (int i = 0; i < 3; i++) {
      // Less accurate in the search, more accurate on test images: the opposite order.
      model(told.get(front.get(i).asInt()), 0.9 - 0.1 * i, 0.5 + 0.1 * i);
    }
    String page = Files.readString(Report.write(RecordedRun.read(path), "finch", "<svg/>"));
    assertThat(page).contains("exported after 12 epochs").contains("on 2 000 test images");
    assertThat(page).contains("of the 3 that were exported: -1.00.");
  }

  private void model(ToldEvaluation of, double searched, double tested) throws IOException {
    Path folder = path.resolve("models").resolve(of.evaluation().candidate().design().id().hex());
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("model.json"),
        """
        {"searchAccuracy": %s, "fidelity": {"epochs": 12}, "validationAccuracy": 0.8,
         "testAccuracy": %s, "testImages": 2000}
        """
            .formatted(searched, tested));
  }

  @Test
  void writtenAgainItLeavesNothingOfBefore() throws Exception {
    write(GeneratedRun.told(100, 4));
    Path stale = Files.writeString(path.resolve("report").resolve("cells-77777.svg"), "old");
    Report.write(RecordedRun.read(path), "finch", "<svg/>");
    assertThat(stale).doesNotExist();
    try (Stream<Path> files = Files.list(path.resolve("report"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void aRunWithoutAnEvaluationHasAReportThatSaysSo() throws Exception {
    assertThat(write(List.of())).contains("Nothing is trained yet.");
  }
}
