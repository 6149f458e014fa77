package org.finchnas.coordinator.slots;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills search and slots with signal 9 at twenty random moments and resumes. */
class ChaosIT {

  private static final int KILLS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 20_261_123)
  void isTheSameSearchHoweverOftenItIsKilled(long seed) throws Exception {
    Path undisturbed = directory.resolve("undisturbed");
    finish(undisturbed, Files.createDirectory(directory.resolve("undisturbed-trainings")), 1);

    Random random = new Random(seed);
    int kills = 0;
    // A fast machine ends a search before all kills: the next one takes the rest.
    for (int search = 0; kills < KILLS; search++) {
      Path run = directory.resolve("run-" + search);
      kills += finishUnderFire(run, KILLS - kills, random);
      assertThat(log(run)).hasSize(ChaosSearchMain.EVALUATIONS).isEqualTo(log(undisturbed));
    }
  }

  /** Runs a search to its end through at most so many kills; how many there were. */
  private int finishUnderFire(Path run, int most, Random random) throws Exception {
    Path trainings = Files.createDirectory(directory.resolve(run.getFileName() + "-trainings"));
    int kills = 0;
    while (kills < most && finished(run).size() < ChaosSearchMain.EVALUATIONS) {
      Map<Integer, Long> finished = trainings(trainings, finished(run));
      kills += disturb(run, trainings, most - kills, random);
      assertThat(trainings(trainings, finished.keySet())).isEqualTo(finished);
    }
    Map<Integer, Long> finished = trainings(trainings, finished(run));
    finish(run, trainings, 2);
    assertThat(trainings(trainings, finished.keySet())).isEqualTo(finished);
    return kills;
  }

  private static void finish(Path run, Path trainings, int slots) throws Exception {
    Process search = ChaosSearchMain.command(run, trainings, slots).start();
    try (BufferedReader lines = search.inputReader()) {
      lines.lines().forEach(line -> {});
    }
    assertThat(search.waitFor()).isZero();
  }

  /** Kills slots until it is the search's turn or the search is over; how many were killed. */
  private static int disturb(Path run, Path trainings, int most, Random random) throws Exception {
    int kills = 0;
    boolean alive = true;
    Process search = ChaosSearchMain.command(run, trainings, 1 + random.nextInt(3)).start();
    try (BufferedReader lines = search.inputReader()) {
      while (alive && kills < most && runsUntilMoment(search, lines, random)) {
        kills++;
        alive = random.nextInt(3) == 0;
        if (alive) {
          killOneOf(search.children().toList(), random);
        }
      }
    }
    killAlone(search);
    return kills;
  }

  /** Waits for a few lines and a little longer, or until soon after the start. */
  private static boolean runsUntilMoment(Process search, BufferedReader lines, Random random)
      throws Exception {
    int further = random.nextInt(10);
    for (int i = 0; i < further; i++) {
      if (lines.readLine() == null) {
        return false;
      }
    }
    int millis = random.nextInt(further == 0 ? 1500 : 40);
    return !search.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  private static void killOneOf(List<ProcessHandle> slots, Random random) {
    if (!slots.isEmpty()) {
      slots.get(random.nextInt(slots.size())).destroyForcibly();
    }
  }

  /** Its slots are not killed: they must end by themselves when it does. */
  private static void killAlone(Process search) throws Exception {
    List<ProcessHandle> slots = search.children().toList();
    search.destroyForcibly().waitFor();
    for (ProcessHandle slot : slots) {
      slot.onExit().get(1, TimeUnit.MINUTES);
    }
  }

  /** The numbers of what is logged or waits to be told. */
  private static Set<Integer> finished(Path run) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    Path waiting = run.resolve("finished");
    if (Files.exists(waiting)) {
      try (Stream<Path> files = Files.list(waiting)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.matches("\\d+\\.json"))
            .forEach(name -> numbers.add(Integer.parseInt(name.replace(".json", ""))));
      }
    }
    if (Files.exists(run.resolve("evaluations.jsonl"))) {
      String text = Files.readString(run.resolve("evaluations.jsonl"));
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .forEach(line -> numbers.add(number(line)));
    }
    return numbers;
  }

  /** How often a training of each of these was begun. */
  private static Map<Integer, Long> trainings(Path directory, Set<Integer> numbers)
      throws IOException {
    Map<Integer, Long> counts = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      for (int number : numbers) {
        String prefix = "began-%d-".formatted(number);
        counts.put(number, names.stream().filter(name -> name.startsWith(prefix)).count());
      }
    }
    return counts;
  }

  private static int number(String line) {
    return parse(line).get("number").intValue();
  }

  /** What must be equal in equal searches. */
  private static List<ObjectNode> log(Path run) throws IOException {
    return Files.readAllLines(run.resolve("evaluations.jsonl")).stream()
        .map(line -> parse(line).<ObjectNode>without(List.of("where", "when")))
        .toList();
  }

  private static ObjectNode parse(String line) {
    try {
      return (ObjectNode) JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
