package org.finchnas.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.benchmarks.PeerProcess;
import org.jspecify.annotations.Nullable;

/** A process with the class path of this one, and what Ignite needs. It ends with this one. */
final class JavaProcess implements AutoCloseable {

  /** As {@code ./finch} starts a coordinator. */
  private static final List<String> COORDINATOR =
      List.of("-Xshare:auto", "-XX:+UseSerialGC", "-Xmx1g");

  /** As small as an Ignite client can be; quick to start rather than quick in the end. */
  private static final List<String> WORKER =
      List.of("-Xshare:auto", "-XX:+UseSerialGC", "-Xmx64m", "-Xss512k", "-XX:TieredStopAtLevel=1");

  /** Many workers in one. */
  private static final List<String> CROWD =
      List.of("-Xshare:auto", "-XX:+UseSerialGC", "-Xmx1g", "-Xss512k");

  private final Process process;
  private final BufferedReader answers;

  private JavaProcess(List<String> jvm, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("@" + Home.file("coordinator/src/main/jvm/ignite.arguments"));
    for (String property : List.of("finch.home", "finch.scratch", "finch.configs")) {
      command.add("-D%s=%s".formatted(property, System.getProperty(property)));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      process =
          PeerProcess.withoutOurAllocator(new ProcessBuilder(command))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("A Java process cannot be started.", e);
    }
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static JavaProcess coordinator(Class<?> main, String... arguments) {
    return new JavaProcess(COORDINATOR, main, arguments);
  }

  static JavaProcess worker(Class<?> main, String... arguments) {
    return new JavaProcess(WORKER, main, arguments);
  }

  static JavaProcess crowd(Class<?> main, String... arguments) {
    return new JavaProcess(CROWD, main, arguments);
  }

  /** The next line of its standard output, or null at the end. */
  @Nullable String readLine() throws IOException {
    return answers.readLine();
  }

  long pid() {
    return process.pid();
  }

  void requireSuccess() throws InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "A process ended with exit code %d; what it said is above.".formatted(code));
    }
  }

  /** For a process that is to end with the one that started it: waits for that in a thread. */
  static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // The same as its end.
              }
              Runtime.getRuntime().halt(0);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
