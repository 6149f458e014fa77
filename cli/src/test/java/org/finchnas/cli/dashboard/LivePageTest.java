package org.finchnas.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.cli.view.GeneratedRun;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.PauseMark;
import org.finchnas.coordinator.run.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run that goes on, as a browser sees it. */
class LivePageTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<ToldEvaluation> TOLD = GeneratedRun.told(60, 2);

  private final Path path;

  LivePageTest(@TempDir Path folder) {
    this.path = folder.resolve("run");
  }

  /** Events of a page, read as they come. */
  private static final class Events implements AutoCloseable {
    private final BufferedReader lines;

    Events(TestSite site, String query, String lastId) throws Exception {
      URLConnection connection = site.at("/api/events" + query).toURL().openConnection();
      connection.setReadTimeout(20_000);
      if (!lastId.isEmpty()) {
        connection.setRequestProperty("Last-Event-ID", lastId);
      }
      lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The data of the next event of that name. */
    JsonNode next(String name) throws Exception {
      String event = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ") && event.equals(name)) {
          return JSON.readTree(line.substring(6));
        }
      }
      throw new AssertionError("The events ended without " + name);
    }

    @Override
    public void close() throws Exception {
      lines.close();
    }
  }

  @Test
  void whatIsToldArrivesInOrderAndOnce() throws Exception {
    try (RunDirectory run = GeneratedRun.begin(path, 60);
        TestSite site = TestSite.of(path)) {
      TOLD.subList(0, 10).forEach(run.log()::append);
      String place;
      JsonNode all;
      do {
        all = JSON.readTree(site.get("/api/run").body());
        place = all.get("place").textValue();
      } while (all.get("candidates").size() < 10);
      try (Events events = new Events(site, "?after=" + place, "")) {
        assertThat(events.next("status").get("phase").textValue()).isEqualTo("searching");
        int number = 10;
        for (ToldEvaluation next : TOLD.subList(10, 25)) {
          run.log().append(next);
          if (number < 20 || next.number() == 24) {
            JsonNode lines = events.next("told");
            for (JsonNode line : lines) {
              assertThat(line.get("number").intValue()).isEqualTo(number++);
            }
          }
        }
        while (number < 25) {
          for (JsonNode line : events.next("told")) {
            assertThat(line.get("number").intValue()).isEqualTo(number++);
          }
        }
      }
      try (Events again = new Events(site, "?after=" + place, "0-22")) {
        assertThat(again.next("told").get(0).get("number").intValue()).isEqualTo(22);
      }
      try (Events lost = new Events(site, "?after=nonsense", "")) {
        assertThat(lost.next("anew").isEmpty()).isTrue();
      }
    }
  }

  @Test
  void aLogThatWasCutIsReadAnewAndPagesAreToldSo() throws Exception {
    GeneratedRun.write(path, 60, TOLD.subList(0, 30));
    try (TestSite site = TestSite.of(path);
        Events events = new Events(site, "?after=0-30", "")) {
      events.next("status");
      Path log = path.resolve("evaluations.jsonl");
      List<String> lines = Files.readAllLines(log);
      Files.writeString(log, String.join("\n", lines.subList(0, 12)) + "\n");
      events.next("anew");
      JsonNode all = JSON.readTree(site.get("/api/run").body());
      assertThat(all.get("candidates")).hasSize(12);
      assertThat(all.get("place").textValue()).isEqualTo("1-12");
    }
  }

  @Test
  void pauseAndResumeLeaveAMarkThatTheSearchObeys() throws Exception {
    try (RunDirectory run = GeneratedRun.begin(path, 60);
        TestSite site = TestSite.of(path);
        Events events = new Events(site, "?after=0-0", "")) {
      assertThat(run.hasBegun()).isTrue();
      JsonNode first = events.next("status");
      assertThat(first.get("phase").textValue()).isEqualTo("searching");
      assertThat(first.has("problem")).isFalse();
      assertThat(site.post("/api/control/pause", "Finch-Dashboard", "1").statusCode())
          .isEqualTo(202);
      assertThat(new PauseMark(path).isSet()).isTrue();
      assertThat(events.next("status").get("phase").textValue()).isEqualTo("paused");
      assertThat(site.post("/api/control/resume", "Finch-Dashboard", "1").statusCode())
          .isEqualTo(202);
      assertThat(new PauseMark(path).isSet()).isFalse();
      assertThat(events.next("status").get("phase").textValue()).isEqualTo("searching");
      assertThat(site.post("/api/control/explode", "Finch-Dashboard", "1").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void aStoppedRunIsResumedByAProcessOfItsOwnAndNothingIsStoppedThatDoesNotRun() throws Exception {
    GeneratedRun.write(path, 60, TOLD.subList(0, 5));
    FinchCommand finch =
        words ->
            new ProcessBuilder("sh", "-c", "echo started " + String.join(" ", words) + "; exit 2");
    try (TestSite site = TestSite.of(path, finch, false);
        Events events = new Events(site, "?after=0-5", "")) {
      assertThat(site.post("/api/control/stop", "Finch-Dashboard", "1").statusCode())
          .isEqualTo(409);
      assertThat(site.post("/api/control/resume", "Finch-Dashboard", "1").statusCode())
          .isEqualTo(202);
      Path said = path.resolve("slots").resolve("resume.log");
      while (!Files.exists(said) || !Files.readString(said).contains("\n")) {
        Thread.onSpinWait();
      }
      assertThat(Files.readString(said)).isEqualTo("started resume " + path + "\n");
      JsonNode status = events.next("status");
      while (!status.has("problem")) {
        status = events.next("status");
      }
      assertThat(status.get("problem").textValue())
          .isEqualTo("finch resume ended with 2. started resume " + path);
    }
  }

  /** The number in a lock may be another machine's, and here that of anything. */
  @Test
  void aProcessThatIsNoFinchIsNeverStopped() throws Exception {
    GeneratedRun.write(path, 60, TOLD.subList(0, 5));
    Process innocent = holder();
    try (BufferedReader said = innocent.inputReader();
        TestSite site = TestSite.of(path)) {
      assertThat(said.readLine()).isEqualTo("held");
      HttpResponse<String> answer = site.post("/api/control/stop", "Finch-Dashboard", "1");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("Process " + innocent.pid()).contains("no finch");
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  /** A program of somebody else's that holds the run as a search does, run from its source. */
  private Process holder() throws Exception {
    Path source = path.resolveSibling("Holder.java");
    Files.writeString(
        source,
        """
        import java.io.RandomAccessFile;
        class Holder {
          public static void main(String[] arguments) throws Exception {
            try (RandomAccessFile file = new RandomAccessFile(arguments[0], "rw")) {
              file.setLength(0);
              file.writeBytes(ProcessHandle.current().pid() + "\\n");
              file.getChannel().lock(Long.MAX_VALUE - 1, 1, false);
              file.getChannel().lock(Long.MAX_VALUE - 2, 1, false);
              System.out.println("held");
              System.in.read();
            }
          }
        }
        """);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            source.toString(),
            path.resolve(".lock").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void metricsAreThereForWhoScrapesThem() throws Exception {
    GeneratedRun.write(path, 60, TOLD);
    try (TestSite site = TestSite.of(path)) {
      assertThat(site.get("/metrics").body()).contains("finch_budget_evaluations 60.0");
      assertThat(site.get("/metrics").headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
    }
  }

  @Test
  void oneCandidateComesWithCellsLineageAndFiles() throws Exception {
    GeneratedRun.write(path, 60, TOLD);
    ToldEvaluation bred =
        TOLD.stream()
            .filter(told -> told.evaluation().candidate().parent() != null)
            .reduce((a, b) -> b)
            .orElseThrow();
    String id = bred.evaluation().candidate().design().id().hex();
    Path model = Files.createDirectories(path.resolve("models").resolve(id));
    Files.writeString(model.resolve("model.onnx"), "0123456789");
    Files.writeString(
        model.resolve("model.onnx.json"), "{\"verified\": true, \"format\": \"onnx\"}");
    try (TestSite site = TestSite.of(path)) {
      String at = "/api/candidates/" + bred.number();
      JsonNode details = JSON.readTree(site.get(at).body());
      assertThat(details.get("id").textValue()).isEqualTo(id);
      JsonNode lineage = details.get("lineage");
      assertThat(lineage.get(1).get("number").intValue())
          .isEqualTo(bred.evaluation().candidate().parent());
      assertThat(lineage.get(lineage.size() - 1).get("changes").get(0).textValue())
          .isEqualTo("founder");
      JsonNode file = details.get("files").get(0);
      assertThat(file.get("bytes").intValue()).isEqualTo(10);
      assertThat(file.get("verified").booleanValue()).isTrue();
      assertThat(site.get(at + "/cells.svg").body()).startsWith("<svg");
    }
  }
}
