package org.finchnas.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.finchnas.cli.CommandLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Finch understands every command that something under {@code deploy} gives or writes of. */
final class DeployCommandsTest {

  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path UNITS = DEPLOY.resolve("systemd");
  private static final String COORDINATOR = "finch-coordinator.service";
  private static final String WORKER = "finch-worker@.service";
  private static final Pattern COMMAND =
      Pattern.compile("(?<![\\w-])finch ((?:search|resume|worker|cluster|status|pareto) [^`|\n]*)");

  /** As the README has them. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "${FINCH_CONFIG}", "/opt/finch/configs/quickstart.yaml",
          "${FINCH_RUN}", "/var/lib/finch/quickstart",
          "${FINCH_BIND}", "192.0.2.10",
          "${FINCH_PORT}", "28460",
          "${FINCH_KEYS}", "/etc/finch/worker",
          "${FINCH_JOIN}", "192.0.2.10:28460");

  static Stream<String> written() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file).replace("$FINCH_OPTIONS", "");
        COMMAND.matcher(text).results().map(DeployCommandsTest::words).forEach(found::add);
      }
    }
    return found.stream();
  }

  private static String words(MatchResult found) {
    return found.group(1).strip();
  }

  @ParameterizedTest
  @MethodSource("written")
  void whatIsWrittenIsACommand(String words) {
    assertThat(CommandLines.problem(List.of(words.split("\\s+")))).isEmpty();
  }

  @Test
  void manyAreWritten() throws IOException {
    assertThat(written()).hasSizeGreaterThan(3).anyMatch(each -> each.startsWith("cluster keys"));
  }

  @ParameterizedTest
  @CsvSource({"worker --join a --port 1, '--port'", "resume r --set seed=2, '--set'"})
  void aWrongCommandIsFound(String words, String problem) {
    assertThat(CommandLines.problem(List.of(words.split(" "))).orElse("")).contains(problem);
  }

  @ParameterizedTest
  @CsvSource({COORDINATOR + ", --mixed", WORKER + ", --backend cpu --slots 8 --drain 600"})
  void servicesStartWhatFinchUnderstands(String unit, String options) throws IOException {
    List<String> command = start(unit, options);
    assertThat(command.get(0)).startsWith("/opt/finch/");
    List<String> arguments = command.subList(1, command.size());
    List<List<String>> commands =
        unit.equals(WORKER) ? List.of(arguments) : CoordinatorScript.commands(arguments);
    assertThat(commands).allSatisfy(each -> assertThat(CommandLines.problem(each)).isEmpty());
  }

  @Test
  void aServiceWaitsForItsWorkerToDrain() throws IOException {
    assertThat(Integer.parseInt(setting(WORKER, "TimeoutStopSec")))
        .isGreaterThanOrEqualTo(Draining.seconds(start(WORKER, "")));
    // A signal to the slots as well would end nothing, and a kill too much.
    assertThat(setting(WORKER, "KillMode")).isEqualTo("mixed");
    assertThat(setting(COORDINATOR, "KillMode")).isEqualTo("mixed");
  }

  private static List<String> start(String unit, String options) throws IOException {
    String line = setting(unit, "ExecStart").replace("$FINCH_OPTIONS", options).strip();
    return Stream.of(line.split(" ")).map(word -> VARIABLES.getOrDefault(word, word)).toList();
  }

  private static String setting(String unit, String name) throws IOException {
    String start = name + "=";
    return Files.readAllLines(UNITS.resolve(unit)).stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }
}
