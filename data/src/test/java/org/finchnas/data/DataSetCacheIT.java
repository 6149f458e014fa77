package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that open one cache at the same time, and some that are killed while they do. */
class DataSetCacheIT {

  @TempDir Path cache;

  /** What a process does: opens shapes and prints the hash of what it mapped. */
  static final class Opener {

    private Opener() {}

    public static void main(String[] arguments) {
      DataSet set = DataSets.open("shapes:5", 32, null, Path.of(arguments[0]));
      System.out.print(ContentHash.of(set.train(), set.test()));
    }
  }

  /** Opens a set that takes a while to decode, and prints a letter if it decoded it. */
  static final class Decoder {

    private Decoder() {}

    public static void main(String[] arguments) {
      new DataSetCache(Path.of(arguments[0]))
          .open(
              "slow",
              () -> {
                System.out.print("x");
                return new Shapes(5, ShapeDifficulty.DEFAULT).dataSet(2000, 10);
              });
    }
  }

  @Test
  void ofProcessesThatRaceOneDecodes() throws Exception {
    List<Process> racers =
        List.of(start(Decoder.class), start(Decoder.class), start(Decoder.class));
    StringBuilder decoded = new StringBuilder();
    for (Process racer : racers) {
      decoded.append(new String(racer.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(racer.waitFor()).isZero();
    }
    assertThat(decoded).hasToString("x");
    assertThat(cache.resolve("slow.images")).isNotEmptyFile();
  }

  @Test
  void processesThatRaceMapTheSameImages() throws Exception {
    List<Process> racers = List.of(start(), start());
    List<String> hashes = new ArrayList<>();
    for (Process racer : racers) {
      hashes.add(new String(racer.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(racer.waitFor()).isZero();
    }
    String expected =
        new Shapes(5, ShapeDifficulty.DEFAULT).dataSet(Shapes.TRAIN, Shapes.TEST).contentHash();
    assertThat(hashes).containsExactly(expected, expected);
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aProcessKilledWhileItWritesHarmsNobody() throws Exception {
    for (int i = 0; i < 2; i++) {
      Process victim = start();
      while (victim.isAlive() && partials() <= i) {
        victim.waitFor(1, TimeUnit.MILLISECONDS);
      }
      victim.destroyForcibly().waitFor();
      Files.deleteIfExists(cache.resolve("shapes-%d-5.images".formatted(Shapes.VERSION)));
    }
    DataSet set = DataSets.open("shapes:5", 32, null, cache);
    assertThat(ContentHash.of(set.train(), set.test())).isEqualTo(set.contentHash());
  }

  private long partials() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(DataSetCache.PARTIAL)).count();
    }
  }

  private Process start() throws IOException {
    return start(Opener.class);
  }

  private Process start(Class<?> main) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            cache.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
