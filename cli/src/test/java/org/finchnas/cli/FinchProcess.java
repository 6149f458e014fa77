package org.finchnas.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The finch command in a process of its own, which a test may stop or kill. */
final class FinchProcess implements AutoCloseable {

  private static final int LIMIT_MINUTES = 5;

  private final Process process;
  private final BufferedReader lines;
  private final Path errors;

  private FinchProcess(Process process, Path errors) {
    this.process = process;
    this.lines = process.inputReader();
    this.errors = errors;
  }

  /**
   * Starts it.
   *
   * @param folder for its cache and its standard error
   * @param prefix what its command begins with, such as a shell that limits it
   */
  static FinchProcess start(Path folder, List<String> prefix, String... arguments)
      throws IOException {
    return start(folder, prefix, Map.of(), arguments);
  }

  /**
   * The same.
   *
   * @param environment variables in addition
   */
  static FinchProcess start(
      Path folder, List<String> prefix, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "@" + Path.of("..", "coordinator", "src", "main", "jvm", "ignite.arguments"),
            "-Dorg.bytedeco.javacpp.maxbytes=0",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
            "-D" + FinalTraining.CHECKPOINT_AFTER_SECONDS + "=0",
            "-Dfinch.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Finch.class.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(folder, "errors-", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("FINCH_CACHE", folder.resolve("cache").toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().putAll(environment);
    return new FinchProcess(builder.start(), errors);
  }

  /** Reads on until a line holds a text; whether one does. */
  boolean says(String text) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** Waits a little; whether it still runs then. */
  boolean runsAfter(int millis) throws InterruptedException {
    return !process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  List<ProcessHandle> children() {
    return process.children().toList();
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  List<ProcessHandle> slots() {
    return process.children().toList();
  }

  /** SIGTERM, which does what Ctrl-C does; a shell in the background may ignore Ctrl-C itself. */
  int stop() throws Exception {
    // Not by the process itself: that would close the pipe with its last words, too.
    process.toHandle().destroy();
    return end();
  }

  /** SIGKILL for it alone: its slots must end by themselves. */
  void kill() throws Exception {
    List<ProcessHandle> slots = slots();
    process.destroyForcibly().waitFor();
    for (ProcessHandle slot : slots) {
      slot.onExit().get(LIMIT_MINUTES, TimeUnit.MINUTES);
    }
  }

  /** Waits for its end; its exit code. */
  int end() throws Exception {
    says("\0");
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      throw new AssertionError("finch did not end. It said: " + errors());
    }
    return process.exitValue();
  }

  /** Its next line, or an empty text if it says nothing more. */
  String line() throws IOException {
    String line = lines.readLine();
    return line == null ? "" : line;
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
