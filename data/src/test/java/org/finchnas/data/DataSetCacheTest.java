package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetCacheTest {

  @TempDir Path directory;

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void whatIsOpenedIsWhatWasMadeAndIsMadeOnce() {
    DataSet set = dataSet();
    DataSetCache cache = new DataSetCache(directory.resolve("not/yet/here"));
    assertSame(cache.open("a", counted(set)), set);
    assertSame(cache.open("a", counted(set)), set);
    assertThat(made).hasValue(1);
  }

  @Test
  void aMappedSetIsReadOnlyAndOutlivesItsFile() throws IOException {
    DataSet set = dataSet();
    DataSet opened = new DataSetCache(directory).open("a", counted(set));
    assertThat(opened.train().pixels().isReadOnly()).isTrue();
    assertThat(opened.train().pixels().isDirect()).isTrue();
    Files.delete(directory.resolve("a.images"));
    assertSame(opened, set);
  }

  @Test
  void processesShareTheMemoryOfAMappedSet() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.isReadable(maps), "Only Linux tells how a file is mapped.");
    DataSet opened = new DataSetCache(directory).open("a", counted(dataSet()));

    try (Stream<String> lines = Files.lines(maps)) {
      // "s" for shared: the pages are those of the file, in one copy for all who map it.
      assertThat(lines.filter(line -> line.endsWith("/a.images")))
          .isNotEmpty()
          .allMatch(line -> line.contains(" r--s "));
    }
    assertThat(opened.train().size()).isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aFileDamagedAnywhereIsMadeAgain(long seed) throws IOException {
    DataSet set = dataSet();
    DataSetCache cache = new DataSetCache(directory);
    assertSame(cache.open("a", counted(set)), set);
    Path file = directory.resolve("a.images");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(seed);
    for (byte[] damaged : List.of(flipped(whole, random), cut(whole, random), longer(whole))) {
      int before = made.get();
      Files.delete(file);
      Files.write(file, damaged);
      assertSame(cache.open("a", counted(set)), set);
      assertThat(made).hasValue(before + 1);
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void everyOneOfManyThatRaceGetsTheImagesAndNothingIsLeftBehind() throws IOException {
    DataSet set = dataSet();
    List<CompletableFuture<DataSet>> racers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> new DataSetCache(directory).open("a", counted(set))))
            .toList();
    racers.forEach(racer -> assertSame(racer.join(), set));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("a.images"));
    }
  }

  @Test
  void whatAKilledProcessLeftIsSweptAfterADayAndNotBefore() throws IOException {
    Path old = Files.createFile(directory.resolve("x.1.partial"));
    Path fresh = Files.createFile(directory.resolve("x.2.partial"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    assertThat(new DataSetCache(directory).open("a", this::dataSet).labels()).hasSize(3);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aCacheThatCannotBeWrittenSaysWhereAndWhatToDo() throws IOException {
    Path file = Files.createFile(directory.resolve("a-file"));
    assertThatThrownBy(() -> new DataSetCache(file).open("a", this::dataSet))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("another cache directory");
  }

  @Test
  void aSourceThatFailsLeavesNothing() throws IOException {
    Supplier<DataSet> failing =
        () -> {
          throw new DataSetException("no");
        };
    assertThatThrownBy(() -> new DataSetCache(directory).open("a", failing)).hasMessage("no");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private Supplier<DataSet> counted(DataSet set) {
    return () -> {
      made.incrementAndGet();
      return set;
    };
  }

  private DataSet dataSet() {
    byte[] pixels = new byte[12 * 3 * 4 * 5];
    new Random(5).nextBytes(pixels);
    ImageSet train = ImageSet.of(pixels, IntStream.range(0, 12).map(i -> i % 3).toArray(), 3, 4, 5);
    ImageSet test = ImageSet.of(new byte[60], new int[] {2}, 3, 4, 5);
    return DataSet.of(
        "", List.of("cat", "d\"og", "🐦"), train, test, List.of("x.jpg was left out"));
  }

  private static void assertSame(DataSet actual, DataSet expected) {
    assertThat(actual.labels()).isEqualTo(expected.labels());
    assertThat(actual.warnings()).isEqualTo(expected.warnings());
    assertThat(actual.contentHash()).isEqualTo(expected.contentHash());
    assertThat(ContentHash.of(actual.train(), actual.test())).isEqualTo(expected.contentHash());
  }

  private static byte[] flipped(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    return damaged;
  }

  private static byte[] cut(byte[] whole, Random random) {
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  private static byte[] longer(byte[] whole) {
    return Arrays.copyOf(whole, whole.length + 1);
  }
}
