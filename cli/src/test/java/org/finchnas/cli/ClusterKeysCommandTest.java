package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.finchnas.coordinator.keys.ClusterKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ClusterKeysCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Not final: set before each test. */
  private Path keys;

  @BeforeEach
  void nameAFolder(@TempDir Path parent) {
    keys = parent.resolve("keys");
  }

  private int finch(String... arguments) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @Test
  void saysWhatLiesWhereAndWhatToDoNextButNoSecret() throws IOException {
    assertThat(finch("cluster", "keys", "--out", keys.toString(), "--host", "gpu-1")).isZero();

    ClusterKeys coordinator = ClusterKeys.read(keys.resolve("coordinator"));
    ClusterKeys worker = ClusterKeys.read(keys.resolve("worker"));
    assertThat(out.toString())
        .contains(keys.resolve("authority").toString(), coordinator.notAfter().toString(), "gpu-1")
        .contains(
            "finch search CONFIG --cluster --bind 0.0.0.0 --keys " + keys.resolve("coordinator"))
        .contains("finch worker --join HOST:28460 --keys " + keys.resolve("worker"))
        .doesNotContain(coordinator.token(), coordinator.password(), worker.password())
        .doesNotContain(Files.readString(keys.resolve("authority/password")).strip());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void answersProgramsWithOneObject() throws IOException {
    assertThat(
            finch(
                "cluster",
                "keys",
                "--json",
                "--out",
                keys.toString(),
                "--days",
                "3",
                "--host",
                "a",
                "--host",
                "10.0.0.7"))
        .isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("authority", "coordinator", "worker", "validUntil", "hosts");
    assertThat(json.path("hosts"))
        .extracting(JsonNode::asText)
        .containsExactly("localhost", "127.0.0.1", "a", "10.0.0.7");
    assertThat(Duration.between(Instant.now(), Instant.parse(json.path("validUntil").asText())))
        .isBetween(Duration.ofDays(2), Duration.ofDays(3));
    for (String node : List.of("coordinator", "worker")) {
      Path folder = Path.of(json.path(node).asText());
      assertThat(ClusterKeys.read(folder).notAfter()).isEqualTo(json.path("validUntil").asText());
    }
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws IOException {
    Files.createDirectories(keys);
    Files.writeString(keys.resolve("notes"), "mine");

    assertThat(finch("cluster", "keys", "--out", keys.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(keys + " is not empty").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
    assertThat(keys).isDirectoryContaining("glob:**/notes");
  }

  @ParameterizedTest
  @CsvSource({
    "cluster keys, --out",
    "cluster, finch cluster --help",
    "cluster keys --out KEYS --days 0, days (0) must be at least 1",
    "cluster keys --out KEYS --host gpu-1:28460, host (gpu-1:28460) must be a DNS name",
  })
  void badArgumentsAreNamed(String command, String message) {
    assertThat(finch(command.replace("KEYS", keys.toString()).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(keys).doesNotExist();
  }
}
