package org.finchnas.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Commands of the operating system. */
final class Shell {

  private Shell() {}

  /**
   * Runs a command.
   *
   * @return what it said
   * @throws IllegalStateException if it fails
   */
  static String run(String... command) {
    Result result = result(command);
    if (result.code != 0) {
      throw new IllegalStateException(
          "%s failed: %s".formatted(String.join(" ", command), result.output.strip()));
    }
    return result.output;
  }

  /** Runs a command that may fail. */
  static boolean tryRun(String... command) {
    return result(command).code == 0;
  }

  private static Result result(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private record Result(int code, String output) {}
}
