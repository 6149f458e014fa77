package org.finchnas.benchmarks.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process that trains with LibTorch. */
final class Peer implements Side, AutoCloseable {

  private final Process process;
  private final PrintWriter requests;
  private final BufferedReader answers;
  private final String layout;

  Peer(String classPath, String layout) throws IOException {
    this.layout = layout;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(java, "-cp", classPath, "org.finchnas.benchmarks.libtorch.LibTorchPeer")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return "LibTorch, " + layout;
  }

  @Override
  public long train(String network, int batch, int steps) {
    requests.println(String.join(" ", network, layout, "" + batch, "" + steps));
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("The LibTorch process ended; what it said is above.");
      }
      return Long.parseLong(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
