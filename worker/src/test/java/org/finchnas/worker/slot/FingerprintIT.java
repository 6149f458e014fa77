package org.finchnas.worker.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotChannel;
import org.finchnas.evaluation.slot.SlotCommand;
import org.finchnas.evaluation.slot.SlotMessage.Hello;
import org.finchnas.evaluation.slot.SlotMessage.Prepare;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.finchnas.worker.NativeBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What slots say of how they compute, with another backend each and as on other CPUs. */
@Timeout(300)
class FingerprintIT {

  private static final String ISA_LIMIT = "DNNL_MAX_CPU_ISA";
  private static final long BYTES = 2L << 30;

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void slotsWithTheSameBackendAgree() throws IOException {
    assertThat(numericClass(NativeBackend.PLAIN, Map.of()))
        .contains(", fingerprint ")
        .isEqualTo(numericClass(NativeBackend.PLAIN, Map.of()));
  }

  @Test
  void anotherLibraryComputesOtherwise() throws IOException {
    NativeBackend best = bestWithOneDnn();

    assertThat(fingerprint(numericClass(NativeBackend.PLAIN, Map.of())))
        .isNotEqualTo(fingerprint(numericClass(best, Map.of())));
  }

  @Test
  void theSameLibraryOnAnOlderCpuComputesOtherwise() throws IOException {
    NativeBackend best = bestWithOneDnn();
    assumeTrue(best != NativeBackend.ONEDNN, "The CPU has no AVX2 to be told to leave out.");
    String older = best == NativeBackend.AVX512 ? "AVX2" : "SSE41";

    String here = numericClass(best, Map.of());
    String there = numericClass(best, Map.of(ISA_LIMIT, older));

    assertThat(description(there)).isEqualTo(description(here));
    assertThat(fingerprint(there)).isNotEqualTo(fingerprint(here));
  }

  @Test
  void aSlotWithoutMemoryToTrainSaysSoWhenItIsAsked() throws IOException {
    SlotChannel channel = channel(start(1 << 20, NativeBackend.PLAIN, Map.of()));
    Hello hello = (Hello) channel.receive().orElseThrow();
    channel.send(new Prepare(task()));

    assertThat(hello.numericClass()).doesNotContain("fingerprint");
    assertThat(((Unable) channel.receive().orElseThrow()).message())
        .contains("This machine cannot train")
        .contains("OutOfMemoryError")
        .contains("execution.memoryPerSlot")
        .contains("-Dfinch.backend");
  }

  private static NativeBackend bestWithOneDnn() {
    NativeBackend best = NativeBackend.select();
    assumeTrue(best.hasOneDnn(), "This backend or CPU has no oneDNN to compare with.");
    return best;
  }

  private String numericClass(NativeBackend backend, Map<String, String> environment)
      throws IOException {
    Hello hello = (Hello) channel(start(BYTES, backend, environment)).receive().orElseThrow();
    return hello.numericClass();
  }

  private Process start(long maxBytes, NativeBackend backend, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = SlotCommand.likeThisProcess(maxBytes).processBuilder();
    int classPath = builder.command().indexOf("-cp");
    String name = backend.name().toLowerCase(Locale.ROOT);
    builder.command().add(classPath, "-D%s=%s".formatted(NativeBackend.PROPERTY, name));
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private TrainingTask task() {
    return new TrainingTask(
        "shapes",
        null,
        directory.resolve("cache").toString(),
        32,
        0.1,
        1,
        TrainingParams.DEFAULT,
        directory.resolve("weights").toString(),
        directory.resolve("checkpoints").toString(),
        0,
        0);
  }

  private static SlotChannel channel(Process process) {
    return new SlotChannel(process.getInputStream(), process.getOutputStream());
  }

  private static String fingerprint(String numericClass) {
    return numericClass.substring(numericClass.indexOf(", fingerprint "));
  }

  private static String description(String numericClass) {
    return numericClass.substring(0, numericClass.indexOf(", fingerprint "));
  }
}
