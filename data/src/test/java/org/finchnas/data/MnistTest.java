package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  private static final int IMAGE = 28 * 28;

  @TempDir Path home;

  private Path folder;
  private final byte[] pixels = random(1, 6 * IMAGE, 256);
  private final byte[] labels = random(2, 6, 10);

  @BeforeEach
  void someFiles() throws IOException {
    folder = Files.createDirectory(home.resolve("fashion-mnist"));
    pack("train-images-idx3-ubyte.gz", idx(pixels, 6, 28, 28));
    pack("train-labels-idx1-ubyte.gz", idx(labels, 6));
    pack("t10k-images-idx3-ubyte.gz", idx(random(3, 2 * IMAGE, 256), 2, 28, 28));
    pack("t10k-labels-idx1-ubyte.gz", idx(random(4, 2, 10), 2));
  }

  @Test
  void readsGreyImagesAndTheirClasses() {
    DataSet set = Mnist.in(Mnist.FASHION, home).read();
    assertThat(set.train().size()).isEqualTo(6);
    assertThat(set.test().size()).isEqualTo(2);
    assertThat(set.train().channels()).isEqualTo(1);
    assertThat(set.train().height()).isEqualTo(28);
    assertThat(set.labels()).hasSize(10).endsWith("Ankle boot");
    byte[] image = new byte[IMAGE];
    set.train().read(4, image, 0);
    assertThat(image).isEqualTo(Arrays.copyOfRange(pixels, 4 * IMAGE, 5 * IMAGE));
    assertThat(set.train().label(4)).isEqualTo(labels[4]);
  }

  @Test
  void unpackedFilesAreTheSame() throws IOException {
    String packed = Mnist.in(Mnist.FASHION, home).read().contentHash();
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    assertThat(Mnist.in(Mnist.FASHION, home).missing())
        .containsExactly("train-images-idx3-ubyte.gz");
    Files.write(folder.resolve("train-images-idx3-ubyte"), idx(pixels, 6, 28, 28));
    assertThat(Mnist.in(Mnist.FASHION, home).missing()).isEmpty();
    assertThat(Mnist.in(Mnist.FASHION, home).read().contentHash()).isEqualTo(packed);
  }

  @Test
  void opensByNameInAnotherSize(@TempDir Path cache) {
    DataSet set = DataSets.open("fashion-mnist", 14, home, cache);
    assertThat(set.name()).isEqualTo("fashion-mnist");
    assertThat(set.train().width()).isEqualTo(14);
    assertThat(set.train().channels()).isEqualTo(1);
  }

  @Test
  void otherNumbersOfImagesAndLabelsAreNamed() throws IOException {
    pack("train-labels-idx1-ubyte.gz", idx(labels, 2, 3));
    assertThatThrownBy(() -> Mnist.in(Mnist.FASHION, home).read())
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("train-labels-idx1-ubyte.gz begins with 0x00000802");
    pack("train-labels-idx1-ubyte.gz", idx(Arrays.copyOf(labels, 5), 5));
    assertThatThrownBy(() -> Mnist.in(Mnist.FASHION, home).read())
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("holds 6 images")
        .hasMessageContaining("5 labels");
  }

  @Test
  void aLabelThatIsNoneIsNamedWithItsImage() throws IOException {
    byte[] wrong = labels.clone();
    wrong[3] = 10;
    pack("train-labels-idx1-ubyte.gz", idx(wrong, 6));
    assertThatThrownBy(() -> Mnist.in(Mnist.FASHION, home).read())
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("image 3: label 10 must be in 0 … 9");
  }

  @Test
  void filesCutShortOrTooLongAreRefused() throws IOException {
    Path file = folder.resolve("train-images-idx3-ubyte");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    byte[] whole = idx(pixels, 6, 28, 28);
    for (int length : new int[] {0, 3, 4, 15, 16, 17, whole.length - 1, whole.length + 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Mnist.in(Mnist.FASHION, home).read())
          .as("%d bytes", length)
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aSizeBeyondAllMemoryIsRefusedBeforeItIsRead() throws IOException {
    pack("train-images-idx3-ubyte.gz", idx(new byte[0], 1 << 30, 1 << 30, 2));
    assertThatThrownBy(() -> Mnist.in(Mnist.FASHION, home).read())
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("says that it holds");
    pack("train-images-idx3-ubyte.gz", idx(new byte[0], -1, 28, 28));
    assertThatThrownBy(() -> Mnist.in(Mnist.FASHION, home).read())
        .isInstanceOf(DataSetException.class);
  }

  private static byte[] idx(byte[] values, int... dimensions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0x800 + dimensions.length);
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void pack(String name, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(content);
    }
  }

  private static byte[] random(long seed, int count, int bound) {
    Random random = new Random(seed);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) random.nextInt(bound);
    }
    return bytes;
  }
}
