package org.finchnas.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process with LibTorch in it that answers each line with a line. */
public final class PeerProcess implements AutoCloseable {

  private static final String PACKAGE = "org.finchnas.benchmarks.libtorch.";

  private final Process process;
  private final PrintWriter requests;
  private final BufferedReader answers;

  /**
   * @param mainClass simple name of the class in the LibTorch module
   * @throws UncheckedIOException if the operating system cannot start it
   */
  public PeerProcess(String mainClass) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("finch.peer.classpath");
    try {
      process =
          withoutOurAllocator(new ProcessBuilder(java, "-cp", classPath, PACKAGE + mainClass))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("The LibTorch process cannot be started.", e);
    }
    requests = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** What suits a slot process is no handicap or help to LibTorch. */
  public static ProcessBuilder withoutOurAllocator(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    return builder;
  }

  public long pid() {
    return process.pid();
  }

  public String ask(String line) {
    requests.println(line);
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("The LibTorch process ended; what it said is above.");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
