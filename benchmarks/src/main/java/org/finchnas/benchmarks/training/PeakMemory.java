package org.finchnas.benchmarks.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * By how many bytes training a network lets a process grow above what it takes when it is idle, its
 * libraries loaded: each in a process of its own, with the Java options of a slot.
 */
final class PeakMemory {

  private static final String STEPS = "20";

  /** Those of a slot, and no limits of JavaCPP's own. */
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xmx1g",
          "-Xmn32m",
          "-XX:+UseSerialGC",
          "-Dorg.bytedeco.javacpp.maxbytes=0",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");

  private final String peerClassPath;

  PeakMemory(String peerClassPath) {
    this.peerClassPath = peerClassPath;
  }

  long finch(String network, int batch) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return run(classPath, "org.finchnas.benchmarks.training.FinchMemory", network, "" + batch);
  }

  long libTorch(String network, String layout, int batch) throws IOException {
    String main = "org.finchnas.benchmarks.libtorch.LibTorchMemory";
    return run(peerClassPath, main, network, layout, "" + batch);
  }

  private static long run(String classPath, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    command.add(STEPS);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var answer = process.getInputStream()) {
      String bytes = new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip();
      return Long.parseLong(bytes);
    } finally {
      process.destroy();
    }
  }
}
