package org.finchnas.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell scripts under {@code deploy}, with a Finch that only says how it was called. */
final class DeployScriptsTest {

  private static final Path DEPLOY = Path.of("..", "deploy");

  @TempDir private Path folder;
  // Set before each test, since it depends on the folder.
  private Path script;
  private Path run;

  DeployScriptsTest() {
    script = DEPLOY;
    run = DEPLOY;
  }

  /** A script beside a Finch that notes its arguments and ends with the exit code of a file. */
  @BeforeEach
  void installBesideAFinch() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home").resolve("deploy"));
    script = Files.copy(DEPLOY.resolve("coordinator.sh"), home.resolve("coordinator.sh"));
    run = folder.resolve("run");
    finch("exit 0");
  }

  private void finch(String end) throws IOException {
    Path finch = folder.resolve("home").resolve("finch");
    Files.writeString(
        finch, "#!/bin/bash\necho \"$*\" >> '%s'\n%s\n".formatted(folder.resolve("calls"), end));
    assertThat(finch.toFile().setExecutable(true)).isTrue();
  }

  static Stream<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      return Stream.concat(
          Stream.of(Path.of("..", "finch")),
          files
              .filter(file -> file.toString().matches(".*\\.(sh|sbatch)"))
              .sorted()
              .toList()
              .stream());
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void bashCanReadIt(Path file) throws Exception {
    assertThat(Files.isExecutable(file)).isTrue();
    assertThat(start("bash", "-n", file.toString()).waitFor()).isZero();
  }

  @Test
  void bashDoesFindMistakes() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.sh"), "if true; then echo");
    assertThat(start("bash", "-n", wrong.toString()).waitFor()).isNotZero();
  }

  @Test
  void aSearchIsBegunAndThenOver() throws Exception {
    assertThat(coordinator()).isZero();
    assertThat(coordinator()).isZero();
    assertThat(calls()).containsExactly(commands().get(0));
  }

  @Test
  void aRunIsContinued() throws Exception {
    Files.createDirectories(run);
    Files.createFile(run.resolve("provenance.json"));
    finch("exit 1");
    assertThat(coordinator()).isEqualTo(1);
    finch("exit 0");
    assertThat(coordinator()).isZero();
    assertThat(calls()).containsExactly(commands().get(1), commands().get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 137, 143})
  void aFailureIsNotTheEnd(int code) throws Exception {
    finch("exit " + code);
    assertThat(coordinator()).isEqualTo(code);
    assertThat(folder.resolve("run.over")).doesNotExist();
  }

  @Test
  void stoppedItStopsFinchAndEndsAsFinchDoes() throws Exception {
    finch("trap 'echo stopped; exit 143' TERM; echo up; while :; do read -t 1 <> <(:); done");
    Process process = start(command());
    assertThat(process.inputReader().readLine()).isEqualTo("up");
    // Not by the process itself: that would close the pipe with its last words, too.
    process.toHandle().destroy();
    assertThat(process.inputReader().readLine()).isEqualTo("stopped");
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(folder.resolve("run.over")).doesNotExist();
  }

  @Test
  void whenItIsOverItStaysWhereItShould() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("FINCH_STAY", "true");
    Process process = builder.start();
    assertThat(process.inputReader().readLine()).startsWith("The search is over");
    assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    process.toHandle().destroy();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aCoordinatorLivesWhileItListensOrIsOver() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(alive(port)).isZero();
    }
    assertThat(alive(port)).isNotZero();
    Files.createFile(folder.resolve("run.over"));
    assertThat(alive(port)).isZero();
  }

  private int alive(int port) throws Exception {
    Path look = DEPLOY.resolve("coordinator-alive.sh");
    return start("bash", look.toString(), run.toString(), Integer.toString(port)).waitFor();
  }

  private int coordinator() throws Exception {
    return start(command()).waitFor();
  }

  private String[] command() {
    List<String> command = new ArrayList<>(List.of("bash", script.toString(), "c.yaml"));
    command.addAll(List.of(run.toString(), "--port", "5"));
    return command.toArray(String[]::new);
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).start();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  /** What the rules of the manifests believe that Finch is called with. */
  private List<String> commands() {
    return CoordinatorScript.commands(List.of("c.yaml", run.toString(), "--port", "5")).stream()
        .map(words -> String.join(" ", words))
        .toList();
  }
}
