package org.finchnas.benchmarks.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.benchmarks.PeerProcess;
import org.finchnas.evaluation.slot.SlotCommand;

/**
 * By how many bytes training a network lets a process grow above what it takes when it is idle, its
 * libraries loaded: each in a process of its own, with the Java options and the environment of a
 * slot.
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
    ProcessBuilder process =
        command(classPath, "org.finchnas.benchmarks.training.FinchMemory", network, "" + batch);
    process.environment().putAll(SlotCommand.ENVIRONMENT);
    return run(process);
  }

  long libTorch(String network, String layout, int batch) throws IOException {
    String main = "org.finchnas.benchmarks.libtorch.LibTorchMemory";
    return run(
        PeerProcess.withoutOurAllocator(command(peerClassPath, main, network, layout, "" + batch)));
  }

  private static ProcessBuilder command(String classPath, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    command.add(STEPS);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static long run(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    try (var answer = process.getInputStream()) {
      String bytes = new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip();
      return Long.parseLong(bytes);
    } finally {
      process.destroy();
    }
  }
}
