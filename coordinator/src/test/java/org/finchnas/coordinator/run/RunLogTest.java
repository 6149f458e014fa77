package org.finchnas.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finchnas.coordinator.ToldEvaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogTest {

  private final Path file;
  private final FinishedStore finished;

  RunLogTest(@TempDir Path folder) throws IOException {
    file = folder.resolve("evaluations.jsonl");
    finished = FinishedStore.open(Files.createDirectory(folder.resolve("finished")));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatWasAppendedIsToldAgain(long seed) {
    List<ToldEvaluation> told = Samples.told(40, seed);
    write(told.subList(0, 25));
    write(told.subList(25, 40));

    assertThat(LogLines.read(file).told()).isEqualTo(told);
  }

  @Test
  void equalEvaluationsAreEqualTextButForPlaceAndTime() throws IOException {
    write(Samples.told(3, 5));
    String line = Files.readAllLines(file).get(0);

    assertThat(Json.parse(line).fieldNames())
        .toIterable()
        .startsWith("number", "id", "architecture", "fidelity", "seed", "parent", "status")
        .endsWith("where", "when");
  }

  @Test
  void cutAtAnyByteItKeepsTheWholeLinesAndGoesOn() throws IOException {
    List<ToldEvaluation> told = Samples.told(2, 6);
    write(told);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(file, cut);
      int lines =
          (int) new String(cut, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();

      assertThat(LogLines.read(file).told())
          .as("seen at %d", length)
          .isEqualTo(told.subList(0, lines));
      if (length % 41 == 0 || length >= whole.length - 2) {
        write(told.subList(lines, 2));
        assertThat(Files.readAllBytes(file)).as("mended at %d", length).isEqualTo(whole);
      }
    }
  }

  @Test
  void aLastLineTornInItsMiddleIsDropped() throws IOException {
    List<ToldEvaluation> told = Samples.told(3, 7);
    write(told);
    byte[] whole = Files.readAllBytes(file);
    Arrays.fill(whole, whole.length - 60, whole.length - 20, (byte) 0);
    Files.write(file, whole);

    try (RunLog log = RunLog.open(file, finished)) {
      assertThat(log.told()).isEqualTo(told.subList(0, 2));
    }
  }

  @Test
  void aBrokenLineElsewhereIsNamed() throws IOException {
    write(Samples.told(5, 8));
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2, lines.get(2).substring(9));
    Files.write(file, lines);

    assertThatThrownBy(() -> RunLog.open(file, finished))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(file + " is damaged in line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"number\":1=>\"number\":7",
        "\"status\":\"=>\"status\":\"un",
        "\"seed\":=>\"sead\":",
        "\"epochs\":=>\"epochs\":0.",
        "\"epochs\":=>\"epochs\":-",
        "\"id\":\"=>\"id\":\"0",
        "\"elapsedSeconds\":=>\"elapsedSeconds\":-",
        "\"architecture\":\"=>\"architecture\":\"x",
      })
  void aLineThatIsNoEvaluationIsNamedAlsoAtTheEnd(String change) throws IOException {
    write(Samples.told(2, 9));
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    String[] fromTo = change.split("=>");
    lines.set(1, lines.get(1).replace(fromTo[0], fromTo[1]));
    Files.write(file, lines);

    assertThatThrownBy(() -> LogLines.read(file))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void evaluationsAreLoggedInTheirOrder() {
    List<ToldEvaluation> told = Samples.told(3, 10);
    try (RunLog log = RunLog.open(file, finished)) {
      log.append(told.get(0));

      assertThatThrownBy(() -> log.append(told.get(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 is next");
    }
  }

  private void write(List<ToldEvaluation> told) {
    try (RunLog log = RunLog.open(file, finished)) {
      told.forEach(log::append);
    }
  }
}
