package org.finchnas.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CIFAR-10 (Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images"), the binary
 * version: any of the five training batches that are here, and the test batch. A record is a label
 * byte and 3 × 32 × 32 pixels, red plane first.
 */
final class Cifar10 {

  static final String DIRECTORY = "cifar-10-batches-bin";
  static final String HOME = "https://www.cs.toronto.edu/~kriz/cifar.html";

  private static final int SIDE = 32;
  private static final int CLASSES = 10;
  private static final int RECORD_BYTES = 1 + 3 * SIDE * SIDE;
  private static final String LABELS = "batches.meta.txt";
  private static final String TEST = "test_batch.bin";

  private final Path directory;

  private Cifar10(Path directory) {
    this.directory = directory;
  }

  /**
   * The batches in {@value #DIRECTORY} below a directory, or in the directory itself.
   *
   * @throws DataSetException if one that is needed is missing
   */
  static Cifar10 in(@Nullable Path dataDirectory) {
    if (dataDirectory == null) {
      throw new DataSetException(
          "cifar10 needs a data directory and none was given. " + wayOut("a directory"));
    }
    Cifar10 found = find(dataDirectory);
    List<String> missing =
        Stream.of(LABELS, TEST)
            .filter(name -> !Files.exists(found.directory.resolve(name)))
            .toList();
    if (!missing.isEmpty() || found.trainFiles().isEmpty()) {
      throw new DataSetException(
          "cifar10 needs %s and at least one of data_batch_1.bin … data_batch_5.bin in %s; missing: %s. %s"
              .formatted(
                  LABELS + ", " + TEST,
                  found.directory,
                  missing.isEmpty() ? "data_batch_*.bin" : String.join(", ", missing),
                  wayOut(dataDirectory.toString())));
    }
    return found;
  }

  static boolean present(@Nullable Path dataDirectory) {
    return dataDirectory != null && Files.exists(find(dataDirectory).directory.resolve(TEST));
  }

  /** Changes when the files do. */
  String fingerprint() {
    return Fingerprint.of(directory, files());
  }

  DataSet read() {
    List<String> labels = readLabels();
    return DataSet.of(
        "cifar10",
        labels,
        images(trainFiles()),
        images(List.of(directory.resolve(TEST))),
        List.of());
  }

  private static Cifar10 find(Path dataDirectory) {
    Path below = dataDirectory.resolve(DIRECTORY);
    boolean itself = !Files.exists(below) && Files.exists(dataDirectory.resolve(TEST));
    return new Cifar10(itself ? dataDirectory : below);
  }

  private static String wayOut(String where) {
    return "Download the binary version from %s, unpack it below %s, and name that with --data-dir or FINCH_DATA."
        .formatted(HOME, where);
  }

  private List<Path> trainFiles() {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(batch -> directory.resolve("data_batch_" + batch + ".bin"))
        .filter(Files::exists)
        .toList();
  }

  private List<Path> files() {
    return Stream.concat(trainFiles().stream(), Stream.of(TEST, LABELS).map(directory::resolve))
        .toList();
  }

  private List<String> readLabels() {
    Path file = directory.resolve(LABELS);
    try {
      List<String> labels =
          Files.readAllLines(file, StandardCharsets.UTF_8).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (labels.size() != CLASSES) {
        throw new DataSetException(
            "%s holds %d label names; cifar10 has %d. Unpack the archive of %s again."
                .formatted(file, labels.size(), CLASSES, HOME));
      }
      return labels;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ImageSet images(List<Path> files) {
    List<byte[]> batches = files.stream().map(Cifar10::batch).toList();
    int count = batches.stream().mapToInt(batch -> batch.length / RECORD_BYTES).sum();
    byte[] pixels = new byte[count * (RECORD_BYTES - 1)];
    int[] labels = new int[count];
    int image = 0;
    for (byte[] batch : batches) {
      for (int at = 0; at < batch.length; at += RECORD_BYTES) {
        labels[image] = batch[at];
        System.arraycopy(batch, at + 1, pixels, image * (RECORD_BYTES - 1), RECORD_BYTES - 1);
        image++;
      }
    }
    return ImageSet.of(pixels, labels, 3, SIDE, SIDE);
  }

  private static byte[] batch(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == 0 || bytes.length % RECORD_BYTES != 0) {
        throw new DataSetException(
            "%s holds %d bytes, which is not a whole number of %d-byte records (%d and %d left over): it is cut short or is another file. Unpack the archive of %s again; a full batch has %d bytes."
                .formatted(
                    file,
                    bytes.length,
                    RECORD_BYTES,
                    bytes.length / RECORD_BYTES,
                    bytes.length % RECORD_BYTES,
                    HOME,
                    10_000 * RECORD_BYTES));
      }
      checkLabels(file, bytes);
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void checkLabels(Path file, byte[] bytes) {
    for (int at = 0; at < bytes.length; at += RECORD_BYTES) {
      if (bytes[at] < 0 || bytes[at] >= CLASSES) {
        throw new DataSetException(
            "%s, record %d: label %d must be in 0 … 9. Is this CIFAR-10, binary version? Unpack the archive of %s again."
                .formatted(file, at / RECORD_BYTES, bytes[at] & 0xff, HOME));
      }
    }
  }

  private static DataSetException unreadable(Path file, IOException e) {
    return new DataSetException(
        "%s cannot be read (%s). Check that it is a file and that you may read it."
            .formatted(file, e),
        e);
  }
}
