package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {

  private static final int RECORD = 3073;

  @TempDir Path home;

  private Path batches;

  @BeforeEach
  void someBatches() throws IOException {
    batches = Files.createDirectory(home.resolve("cifar-10-batches-bin"));
    Files.writeString(batches.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    Files.write(batches.resolve("data_batch_1.bin"), records(1, 4));
    Files.write(batches.resolve("data_batch_4.bin"), records(4, 3));
    Files.write(batches.resolve("test_batch.bin"), records(9, 2));
  }

  @Test
  void readsTheBatchesThatAreThereInOrder() {
    DataSet set = Cifar.in(Cifar.TEN, home).read();
    assertThat(set.labels()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    assertThat(set.train().size()).isEqualTo(7);
    assertThat(set.test().size()).isEqualTo(2);
    byte[] fourth = records(4, 3);
    byte[] image = new byte[RECORD];
    set.train().read(5, image, 1);
    assertThat(set.train().label(5)).isEqualTo(fourth[RECORD]);
    assertThat(Arrays.copyOfRange(image, 1, RECORD))
        .isEqualTo(Arrays.copyOfRange(fourth, RECORD + 1, 2 * RECORD));
  }

  @Test
  void takesTheDirectoryItselfToo() {
    assertThat(Cifar.in(Cifar.TEN, batches).read().contentHash())
        .isEqualTo(Cifar.in(Cifar.TEN, home).read().contentHash());
  }

  @Test
  void aBatchCutShortIsNamedWithItsSizes() throws IOException {
    Path file = batches.resolve("data_batch_4.bin");
    Files.write(file, Arrays.copyOf(records(4, 3), 2 * RECORD + 100));
    assertThatThrownBy(() -> Cifar.in(Cifar.TEN, home).read())
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("6246 bytes")
        .hasMessageContaining("3073-byte records (2 and 100 left over)")
        .hasMessageContaining("https://www.cs.toronto.edu/~kriz/cifar.html");
  }

  @Test
  void anEmptyBatchIsCutShort() throws IOException {
    Files.write(batches.resolve("test_batch.bin"), new byte[0]);
    assertThatThrownBy(() -> Cifar.in(Cifar.TEN, home).read())
        .hasMessageContaining("test_batch.bin holds 0 bytes");
  }

  @Test
  void aLabelBeyondNineIsNamedWithItsRecord() throws IOException {
    byte[] bytes = records(1, 4);
    bytes[2 * RECORD] = (byte) 200;
    Files.write(batches.resolve("data_batch_1.bin"), bytes);
    assertThatThrownBy(() -> Cifar.in(Cifar.TEN, home).read())
        .hasMessageContaining("data_batch_1.bin, record 2: label 200 must be in 0 … 9");
  }

  @Test
  void whatIsMissingIsNamedWithWhereToGetItAndWhereToPutIt(@TempDir Path cache) throws IOException {
    Files.delete(batches.resolve("test_batch.bin"));
    assertThatThrownBy(() -> DataSets.open("cifar10", 32, home, cache))
        .hasMessageContaining("missing: test_batch.bin")
        .hasMessageContaining(batches.toString())
        .hasMessageContaining("https://www.cs.toronto.edu/~kriz/cifar.html")
        .hasMessageContaining("finch datasets --fetch cifar10")
        .hasMessageContaining("--data-dir or FINCH_DATA");
    assertThatThrownBy(() -> DataSets.open("cifar10", 32, null, cache))
        .hasMessageContaining("--data-dir or FINCH_DATA");
    assertThatThrownBy(() -> DataSets.open("cifar10", 32, home.resolve("nowhere"), cache))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("batches.meta.txt, test_batch.bin");
  }

  @Test
  void noTrainingBatchAtAllIsMissingToo() throws IOException {
    Files.delete(batches.resolve("data_batch_1.bin"));
    assertThat(Cifar.in(Cifar.TEN, home).missing()).isEmpty();
    Files.delete(batches.resolve("data_batch_4.bin"));
    assertThat(Cifar.in(Cifar.TEN, home).missing())
        .singleElement()
        .asString()
        .startsWith("data_batch_1.bin or data_batch_2.bin");
  }

  @Test
  void cifar100HasTwoLabelsOfWhichTheFinerCounts(@TempDir Path data) throws IOException {
    Path folder = Files.createDirectory(data.resolve("cifar-100-binary"));
    Files.writeString(
        folder.resolve("fine_label_names.txt"),
        IntStream.range(0, 100).mapToObj(i -> "class" + i).collect(Collectors.joining("\n")));
    byte[] train = fine(7, 5);
    Files.write(folder.resolve("train.bin"), train);
    Files.write(folder.resolve("test.bin"), fine(8, 2));
    DataSet set = Cifar.in(Cifar.HUNDRED, data).read();
    assertThat(set.labels()).hasSize(100).startsWith("class0").endsWith("class99");
    assertThat(set.train().size()).isEqualTo(5);
    byte[] image = new byte[3072];
    set.train().read(3, image, 0);
    assertThat(set.train().label(3)).isEqualTo(train[3 * 3074 + 1]);
    assertThat(image).isEqualTo(Arrays.copyOfRange(train, 3 * 3074 + 2, 4 * 3074));
  }

  /** Records of a coarse label that is none of the classes, a fine one and pixels. */
  private static byte[] fine(long seed, int count) {
    byte[] bytes = new byte[count * 3074];
    Random random = new Random(seed);
    random.nextBytes(bytes);
    for (int at = 0; at < bytes.length; at += 3074) {
      bytes[at] = (byte) 111;
      bytes[at + 1] = (byte) random.nextInt(100);
    }
    return bytes;
  }

  @Test
  void theFingerprintChangesWithTheFiles() throws IOException {
    String before = Cifar.in(Cifar.TEN, home).fingerprint();
    assertThat(Cifar.in(Cifar.TEN, home).fingerprint()).isEqualTo(before);
    Files.delete(batches.resolve("data_batch_4.bin"));
    assertThat(Cifar.in(Cifar.TEN, home).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void thePublishedBatchesAreBalanced(@TempDir Path cache) {
    String data = System.getenv("FINCH_DATA");
    assumeTrue(
        data != null && Cifar.in(Cifar.TEN, Path.of(data)).missing().isEmpty(),
        "FINCH_DATA does not name a directory with " + Cifar.TEN.directory());
    DataSet set = DataSets.open("cifar10", 32, Path.of(data), cache);
    assertThat(set.labels())
        .containsExactly(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck");
    assertThat(set.train().size() % 10_000).isZero();
    int[] counts = new int[10];
    Arrays.stream(set.train().labels()).forEach(label -> counts[label]++);
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(
            count -> assertThat(count).isBetween(set.train().size() / 11, set.train().size() / 9));
    ChannelStatistics statistics = ChannelStatistics.of(set.train());
    assertThat(statistics.mean().get(0)).isBetween(123.0, 128.0);
    assertThat(statistics.mean().get(2)).isBetween(111.0, 116.0);
  }

  private static byte[] records(long seed, int count) {
    byte[] bytes = new byte[count * RECORD];
    Random random = new Random(seed);
    random.nextBytes(bytes);
    for (int at = 0; at < bytes.length; at += RECORD) {
      bytes[at] = (byte) random.nextInt(10);
    }
    return bytes;
  }
}
