package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data set that one machine decodes and another receives as a file. */
class ReceivedDataSetTest {

  private static final int SIZE = 4;
  private static final String OTHER_HASH = "0".repeat(64);

  @TempDir Path directory;

  private Path theirs;
  private Path ours;
  private DataSet set;

  @BeforeEach
  void decodeElsewhere() {
    theirs = directory.resolve("theirs");
    ours = directory.resolve("ours");
    set = new DataSetCache(theirs).open("made", () -> dataSet(3));
  }

  @Test
  void opensAsItWasMade() throws IOException {
    DataSets.admit(received(file()), set.contentHash(), ours);

    DataSet opened = open(set.contentHash(), SIZE);
    assertThat(opened.name()).isEqualTo("content:" + set.contentHash());
    assertThat(opened.labels()).isEqualTo(set.labels());
    assertThat(opened.warnings()).isEqualTo(set.warnings());
    assertThat(opened.contentHash()).isEqualTo(set.contentHash());
    assertThat(opened.train().labels()).isEqualTo(set.train().labels());
    assertThat(opened.train().pixels()).isEqualTo(set.train().pixels());
    assertThat(opened.test().pixels()).isEqualTo(set.test().pixels());
    assertThat(left()).containsExactly("content-%s.images".formatted(set.contentHash()));
  }

  @Test
  void canBeHandedOn() throws IOException {
    DataSets.admit(received(file()), set.contentHash(), ours);

    Path copy = DataSets.file("content:" + set.contentHash(), SIZE, null, ours);
    DataSets.admit(received(Files.readAllBytes(copy)), set.contentHash(), ours);

    assertThat(Files.readAllBytes(copy)).isEqualTo(file());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aFlippedBitIsRefusedAndLeavesNothing(long seed) throws IOException {
    byte[] damaged = file();
    Random random = new Random(seed);
    int lastPixels = damaged.length - 1 - random.nextInt(SIZE * SIZE * 3);
    damaged[lastPixels] ^= (byte) (1 << random.nextInt(8));

    assertRefused(damaged, set.contentHash(), "damaged");
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    byte[] whole = file();
    assertRefused(Arrays.copyOf(whole, whole.length - 1), set.contentHash(), "cut short");
  }

  @Test
  void otherImagesAreRefused() throws IOException {
    assertRefused(file(), OTHER_HASH, "has the content " + set.contentHash());
  }

  @Test
  void pixelsThatOnlyClaimToBeTheRightOnesAreRefused() throws IOException {
    DataSet claims =
        new DataSet("", set.labels(), set.train(), set.test(), OTHER_HASH, set.warnings());
    assertRefused(written(claims), OTHER_HASH, "has the content " + set.contentHash());
  }

  @Test
  void aLabelWithoutANameIsRefused() throws IOException {
    assertRefused(written(dataSet(2)), set.contentHash(), "damaged");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> DataSets.admit(missing, set.contentHash(), ours))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void opensInItsOwnSizeAlone() throws IOException {
    DataSets.admit(received(file()), set.contentHash(), ours);

    assertThatThrownBy(() -> open(set.contentHash(), 8))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("4 x 4")
        .hasMessageContaining("8 x 8")
        .hasMessageContaining("by its own name");
  }

  @Test
  void whatIsNotHereSaysWhereItComesFrom() {
    assertThatThrownBy(() -> open(set.contentHash(), SIZE))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(
            ours.resolve("content-%s.images".formatted(set.contentHash())).toString())
        .hasMessageContaining("fetch it");
  }

  @Test
  void aFileUnderTheNameOfAnotherIsNotOpened() throws IOException {
    Files.createDirectories(ours);
    Path renamed = ours.resolve("content-%s.images".formatted(OTHER_HASH));
    Files.write(renamed, file());

    assertThatThrownBy(() -> open(OTHER_HASH, SIZE))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(renamed.toString())
        .hasMessageContaining("Delete it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../../x",
        "0123456789abcdef",
        "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde/",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
      })
  void aHashThatIsNoneIsRefused(String hash) throws IOException {
    assertThatThrownBy(() -> open(hash, SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("content:" + hash)
        .hasMessageContaining("64 hexadecimal digits");
    Path received = received(file());
    assertThatThrownBy(() -> DataSets.admit(received, hash, ours))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFileOfAScaledSetHoldsTheScaledImages() {
    DataSet small = DataSets.open("shapes", 8, null, theirs);

    DataSets.admit(DataSets.file("shapes", 8, null, theirs), small.contentHash(), ours);

    assertThat(open(small.contentHash(), 8).test().pixels()).isEqualTo(small.test().pixels());
  }

  private void assertRefused(byte[] file, String hash, String reason) throws IOException {
    Path received = received(file);
    assertThatThrownBy(() -> DataSets.admit(received, hash, ours))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(received.toString())
        .hasMessageContaining(reason)
        .hasMessageContaining("Fetch it again");
    assertThat(left()).isEmpty();
  }

  private DataSet open(String hash, int size) {
    return DataSets.open("content:" + hash, size, null, ours);
  }

  private byte[] file() throws IOException {
    return Files.readAllBytes(theirs.resolve("made.images"));
  }

  private byte[] written(DataSet other) throws IOException {
    Path file = Files.createFile(theirs.resolve("other.images"));
    DataSetFile.write(file, other);
    return Files.readAllBytes(file);
  }

  private Path received(byte[] bytes) throws IOException {
    Files.createDirectories(ours);
    return Files.write(ours.resolve("x.partial"), bytes);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(ours)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static DataSet dataSet(int names) {
    byte[] pixels = new byte[12 * 3 * SIZE * SIZE];
    new Random(5).nextBytes(pixels);
    ImageSet train =
        ImageSet.of(pixels, IntStream.range(0, 12).map(i -> i % 3).toArray(), 3, SIZE, SIZE);
    ImageSet test = ImageSet.of(new byte[3 * SIZE * SIZE], new int[] {2}, 3, SIZE, SIZE);
    List<String> labels = List.of("cat", "dog", "bird").subList(0, names);
    return DataSet.of("", labels, train, test, List.of("x.jpg was left out"));
  }
}
