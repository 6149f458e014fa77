package org.finchnas.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.finchnas.coordinator.ToldEvaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTailTest {

  private static final List<ToldEvaluation> TOLD = Samples.told(40, 3);

  private final Path path;

  RunTailTest(@TempDir Path folder) {
    this.path = folder.resolve("run");
  }

  @Test
  void givesWhatWasToldSinceItLastLooked() {
    try (RunDirectory run = Samples.run(path)) {
      RunTail tail = RunTail.of(path);
      assertThat(tail.next()).isEmpty();
      TOLD.subList(0, 7).forEach(run.log()::append);
      assertThat(tail.next()).isEqualTo(TOLD.subList(0, 7));
      assertThat(tail.next()).isEmpty();
      TOLD.subList(7, 40).forEach(run.log()::append);
      assertThat(tail.next()).isEqualTo(TOLD.subList(7, 40));
      assertThat(tail.process()).contains(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(RunTail.of(path).process()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aLineIsReadWhenItIsWholeHoweverItArrives(long seed) throws IOException {
    try (RunDirectory run = Samples.run(path)) {
      TOLD.forEach(run.log()::append);
    }
    Path log = path.resolve("evaluations.jsonl");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, new byte[0]);
    RunTail tail = RunTail.of(path);
    Random random = new Random(seed);
    List<ToldEvaluation> seen = new ArrayList<>();
    int written = 0;
    while (written < bytes.length) {
      int more = Math.min(bytes.length - written, 1 + random.nextInt(900));
      byte[] part = java.util.Arrays.copyOfRange(bytes, written, written + more);
      Files.write(log, part, StandardOpenOption.APPEND);
      written += more;
      seen.addAll(tail.next());
    }
    assertThat(seen).isEqualTo(TOLD);
  }

  @Test
  void aLogThatBecameShorterOrIsDamagedIsSaidToBe() throws IOException {
    try (RunDirectory run = Samples.run(path)) {
      TOLD.forEach(run.log()::append);
    }
    RunTail tail = RunTail.of(path);
    assertThat(tail.next()).hasSize(40);
    Path log = path.resolve("evaluations.jsonl");
    List<String> lines = Files.readAllLines(log);
    Files.writeString(log, String.join("\n", lines.subList(0, 5)) + "\n");
    assertThatThrownBy(tail::next).isInstanceOf(RunException.class).hasMessageContaining("was cut");
    RunTail anew = RunTail.of(path);
    assertThat(anew.next()).hasSize(5);
    Files.writeString(log, "no evaluation\n{}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(anew::next)
        .isInstanceOf(RunException.class)
        .hasMessageContaining("damaged in line 6");
  }
}
