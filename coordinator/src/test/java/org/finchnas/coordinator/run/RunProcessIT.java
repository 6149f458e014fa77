package org.finchnas.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in the hands of other processes, which are killed or find the disk full. */
class RunProcessIT {

  private final Path folder;
  private final Path path;

  RunProcessIT(@TempDir Path folder) {
    this.folder = folder;
    this.path = folder.resolve("run");
  }

  @Test
  void aRunHeldByALiveProcessIsRefusedAndFreeOnceItIsKilled() throws Exception {
    Process process = RunProcess.command(List.of(), path).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("told 0");

      assertThatThrownBy(() -> RunDirectory.open(path))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("in use by process " + process.pid());
    } finally {
      process.destroyForcibly().waitFor();
    }
    RunDirectory.open(path).close();
  }

  /** Whoever looks at a run again and again must not keep a search from starting. */
  @Test
  void lookingWhoHoldsARunDisturbsNobodyWhoTakesIt() throws Exception {
    Samples.run(path).close();
    Process looker = RunLooker.command(path).start();
    try (BufferedReader lines = looker.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("looking");
      for (int i = 0; i < 2000; i++) {
        RunLock.take(path).close();
      }
      assertThat(looker.isAlive()).isTrue();
      try (RunLock lock = RunLock.take(path)) {
        assertThat(lines.lines().anyMatch(("held by " + ProcessHandle.current().pid())::equals))
            .isTrue();
      }
    } finally {
      looker.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void killedAtAnyMomentItHoldsAllThatWasAcknowledged(long seed) throws Exception {
    Random random = new Random(seed);
    for (int kills = 0, told = 0; kills < 4; kills++) {
      int until = told + random.nextInt(RunProcess.COUNT / 4);
      Process process = RunProcess.command(List.of(), path).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        told = readUntil(lines, until);
      } finally {
        process.destroyForcibly().waitFor();
      }

      assertThat(RecordedRun.read(path).told())
          .hasSizeGreaterThanOrEqualTo(told)
          .isEqualTo(RunProcess.TOLD.subList(0, RecordedRun.read(path).told().size()));
    }
    assertGoesOnToTheEnd();
  }

  @Test
  void aFileThatCannotGrowStopsTheRunAndLeavesItWhole() throws Exception {
    Process process =
        RunProcess.command(List.of("bash", "-c", "ulimit -f 20; exec \"$@\"", "bash"), path)
            .start();
    List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();

    assertThat(said.get(said.size() - 1))
        .startsWith("full: Cannot write " + path)
        .contains("too large", "make room", "finch resume");
    assertThat(RecordedRun.read(path).told()).hasSize(said.size() - 2);
    assertThat(path.resolve("evaluations.jsonl")).content().endsWith("\n");
    assertGoesOnToTheEnd();
  }

  @Test
  void aFullDiskStopsTheRunAndLeavesItWhole() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    String script =
        "mount -t tmpfs -o size=256k none %s && head -c 160k /dev/zero > %s/ballast && exec \"$@\""
            .formatted(disk, disk);
    assumeTrue(
        canMount(disk), "Needs leave to mount a small disk in a namespace of its own (unshare).");
    Process process =
        RunProcess.command(
                List.of("unshare", "-rm", "bash", "-c", script, "bash"),
                disk.resolve("run"),
                disk.resolve("ballast"))
            .start();
    List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).as(() -> String.join("\n", said)).isZero();

    int full = (int) said.stream().takeWhile(line -> line.startsWith("told")).count();
    assertThat(full).isBetween(2, RunProcess.COUNT);
    assertThat(said.get(full)).contains("No space left on device", "finch resume");
    assertThat(said.get(full + 1)).isEqualTo(said.get(full - 1));
    assertThat(said).last().isEqualTo("told " + RunProcess.COUNT);
  }

  private void assertGoesOnToTheEnd() throws Exception {
    Process process = RunProcess.command(List.of(), path).start();
    List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).as(() -> String.join("\n", said)).isZero();
    assertThat(RecordedRun.read(path).told()).isEqualTo(RunProcess.TOLD);
    assertThat(path.resolve("finished")).isEmptyDirectory();
  }

  /** How many were told when at least that many were. */
  private static int readUntil(BufferedReader lines, int count) throws IOException {
    int told = -1;
    while (told < count) {
      told = Integer.parseInt(String.valueOf(lines.readLine()).substring("told ".length()));
    }
    return told;
  }

  private static boolean canMount(Path folder) throws Exception {
    try {
      return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", folder.toString())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
