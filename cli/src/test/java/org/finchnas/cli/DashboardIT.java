package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real search with its page beside it, paused, resumed and stopped over HTTP. */
@Timeout(300)
final class DashboardIT {

  private static final int EVALUATIONS = 400;
  private static final int TERMINATED = 128 + 15;
  private static final Pattern ADDRESS = Pattern.compile("Dashboard: (http://localhost:\\d+/)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  DashboardIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aSearchIsPausedResumedAndStoppedFromItsPage() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("tiny.yaml"), InterruptedCommandsIT.CONFIG.formatted(EVALUATIONS));
    Path run = folder.resolve("run");
    try (FinchProcess search =
        FinchProcess.start(
            folder,
            List.of(),
            "search",
            config.toString(),
            "--run",
            run.toString(),
            "--dashboard-port",
            "0")) {
      assertThat(search.says("images to train")).as(search.errors()).isTrue();
      URI page = URI.create(address(search));
      JsonNode going = await(page, status -> status.get("told").intValue() >= 2);
      assertThat(going.get("phase").textValue()).isEqualTo("searching");
      assertThat(going.get("workers").get(0).get("name").textValue()).isEqualTo("slot 0");

      assertThat(post(page, "pause")).isEqualTo(202);
      await(page, status -> status.get("phase").textValue().equals("paused"));
      awaitText(search, "Paused");
      // What was in training when the search was paused is finished and told.
      assertThat(search.runsAfter(4000)).isTrue();
      int told = status(page).get("told").intValue();
      assertThat(search.runsAfter(3000)).isTrue();
      assertThat(status(page).get("told").intValue()).isEqualTo(told);

      assertThat(post(page, "resume")).isEqualTo(202);
      await(page, status -> status.get("told").intValue() > told);

      assertThat(post(page, "stop")).isEqualTo(202);
      assertThat(search.end()).isEqualTo(TERMINATED);
      assertThat(search.errors()).doesNotContain("Exception");
    }
    try (FinchProcess dashboard =
        FinchProcess.start(
            folder, List.of(), "dashboard", run.toString(), "--port", "0", "--json")) {
      assertThat(dashboard.runsAfter(2000)).as(dashboard.errors()).isTrue();
    }
  }

  private static String address(FinchProcess search) throws IOException {
    Matcher matcher = ADDRESS.matcher(search.errors());
    assertThat(matcher.find()).as(search.errors()).isTrue();
    return matcher.group(1);
  }

  private static void awaitText(FinchProcess search, String text) throws IOException {
    while (!search.errors().contains(text)) {
      Thread.onSpinWait();
    }
  }

  private JsonNode await(URI page, Predicate<JsonNode> reached) throws Exception {
    JsonNode status = status(page);
    while (!reached.test(status)) {
      status = status(page);
    }
    return status;
  }

  private JsonNode status(URI page) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(page.resolve("/api/run")).build(), BodyHandlers.ofString());
    return JSON.readTree(answer.body()).get("status");
  }

  private int post(URI page, String action) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(page.resolve("/api/control/" + action))
                .header("Finch-Dashboard", "1")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}
