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
import java.util.Random;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.ExecutionConfig;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogTest {

  private static final int LAG = 5;
  private static final ExecutionConfig STRICT = execution(Order.STRICT);
  private static final ExecutionConfig ARRIVAL = execution(Order.ARRIVAL);

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

    assertThat(read(STRICT).told()).isEqualTo(told);
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

      assertThat(read(STRICT).told()).as("seen at %d", length).isEqualTo(told.subList(0, lines));
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

    try (RunLog log = RunLog.open(file, finished, STRICT)) {
      assertThat(log.told()).isEqualTo(told.subList(0, 2));
    }
  }

  @Test
  void aBrokenLineElsewhereIsNamed() throws IOException {
    write(Samples.told(5, 8));
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2, lines.get(2).substring(9));
    Files.write(file, lines);

    assertThatThrownBy(() -> RunLog.open(file, finished, STRICT))
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

    assertThatThrownBy(() -> read(STRICT))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void evaluationsAreLoggedInTheirOrder() {
    List<ToldEvaluation> told = Samples.told(3, 10);
    try (RunLog log = RunLog.open(file, finished, STRICT)) {
      log.append(told.get(0));

      assertThatThrownBy(() -> log.append(told.get(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("evaluation 2: 1 should stand here");
    }
  }

  @Test
  void inStrictOrderEachHasItsPlace() throws IOException {
    write(Samples.told(3, 11));
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(1)));

    assertThatThrownBy(() -> read(STRICT))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("line 2: it holds evaluation 2, and 1 should stand here.");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void inOrderOfArrivalTheLinesAreInTheOrderOfAppending(long seed) throws IOException {
    List<ToldEvaluation> told = arrivals(40, seed);
    told.forEach(each -> finished.put(each.evaluation()));
    write(ARRIVAL, told.subList(0, 25));
    assertThat(finished.find(told.get(24).evaluation().candidate())).isEmpty();
    assertThat(finished.find(told.get(25).evaluation().candidate())).isPresent();
    write(ARRIVAL, told.subList(25, 40));

    assertThat(read(ARRIVAL).told()).isEqualTo(told);
    assertThat(told).isNotEqualTo(Samples.told(40, seed));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 30));
    write(ARRIVAL, told.subList(39, 40));
    assertThat(Files.readAllBytes(file)).as("mended").isEqualTo(whole);
  }

  @Test
  void aNumberThatComesTwiceIsDamage() throws IOException {
    write(ARRIVAL, arrivals(5, 12));
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(3, lines.get(1));
    Files.write(file, lines);

    assertThatThrownBy(() -> RunLog.open(file, finished, ARRIVAL))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(file + " is damaged in line 4")
        .hasMessageContaining("so does a line before");
  }

  @Test
  void aNumberThatNobodyHadAskedForIsDamage() throws IOException {
    write(ARRIVAL, Samples.told(9, 13));
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(0), lines.get(LAG), lines.get(LAG + 2)));

    assertThatThrownBy(() -> read(ARRIVAL))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("line 3: it holds evaluation 7, and only those below 7 were asked");
  }

  @Test
  void nothingIsLoggedTwice() {
    List<ToldEvaluation> told = Samples.told(3, 14);
    try (RunLog log = RunLog.open(file, finished, ARRIVAL)) {
      log.append(told.get(2));
      log.append(told.get(0));

      assertThatThrownBy(() -> log.append(told.get(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("evaluation 2: so does a line before");
    }
    assertThat(read(ARRIVAL).told()).containsExactly(told.get(2), told.get(0));
  }

  private static ExecutionConfig execution(Order order) {
    return new ExecutionConfig(1, LAG, order, 60, 2, 2L << 30, 0);
  }

  /** Each time one of those in flight, at random. */
  private static List<ToldEvaluation> arrivals(int count, long seed) {
    Random random = new Random(seed);
    List<ToldEvaluation> waiting = new ArrayList<>(Samples.told(count, seed));
    List<ToldEvaluation> told = new ArrayList<>();
    while (!waiting.isEmpty()) {
      told.add(waiting.remove(random.nextInt(Math.min(LAG, waiting.size()))));
    }
    return told;
  }

  private LogLines read(ExecutionConfig execution) {
    return LogLines.read(file, new LogOrder(execution));
  }

  private void write(List<ToldEvaluation> told) {
    write(STRICT, told);
  }

  private void write(ExecutionConfig execution, List<ToldEvaluation> told) {
    try (RunLog log = RunLog.open(file, finished, execution)) {
      told.forEach(log::append);
    }
  }
}
