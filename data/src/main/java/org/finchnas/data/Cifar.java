package org.finchnas.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny
 * Images"), the binary versions: any of the training batches that are here, and the test batch. A
 * record is its label bytes and 3 × 32 × 32 pixels, red plane first.
 */
final class Cifar implements PublishedFiles {

  static final String HOME = "https://www.cs.toronto.edu/~kriz/cifar.html";

  static final Version TEN =
      new Version(
          "cifar10",
          10,
          1,
          "cifar-10-batches-bin",
          IntStream.rangeClosed(1, 5).mapToObj(batch -> "data_batch_" + batch + ".bin").toList(),
          "test_batch.bin",
          "batches.meta.txt",
          new PublishedFile("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"));

  static final Version HUNDRED =
      new Version(
          "cifar100",
          100,
          2,
          "cifar-100-binary",
          List.of("train.bin"),
          "test.bin",
          "fine_label_names.txt",
          new PublishedFile("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8"));

  private static final int SIDE = 32;
  private static final int PIXEL_BYTES = 3 * SIDE * SIDE;

  /**
   * One of the two.
   *
   * @param labelBytes of a record; the last is the class, one before it a coarser one
   * @param archive holds all the files in a folder called as {@code directory}
   */
  record Version(
      String name,
      int classes,
      int labelBytes,
      String directory,
      List<String> training,
      String test,
      String labels,
      PublishedFile archive) {

    int recordBytes() {
      return labelBytes + PIXEL_BYTES;
    }
  }

  private final Version version;
  private final Path directory;

  private Cifar(Version version, Path directory) {
    this.version = version;
    this.directory = directory;
  }

  /** The batches in the version's folder below a directory, or in the directory itself. */
  static Cifar in(Version version, Path dataDirectory) {
    Path below = dataDirectory.resolve(version.directory);
    boolean itself = !Files.exists(below) && Files.exists(dataDirectory.resolve(version.test));
    return new Cifar(version, itself ? dataDirectory : below);
  }

  @Override
  public List<String> missing() {
    List<String> missing =
        new ArrayList<>(
            Stream.of(version.labels, version.test)
                .filter(name -> !Files.exists(directory.resolve(name)))
                .toList());
    if (trainFiles().isEmpty()) {
      missing.add(String.join(" or ", version.training));
    }
    return missing;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public String fingerprint() {
    return Fingerprint.of(directory, files());
  }

  @Override
  public DataSet read() {
    List<String> labels = readLabels();
    return DataSet.of(
        version.name,
        labels,
        images(trainFiles()),
        images(List.of(directory.resolve(version.test))),
        List.of());
  }

  private List<Path> trainFiles() {
    return version.training.stream().map(directory::resolve).filter(Files::exists).toList();
  }

  private List<Path> files() {
    return Stream.concat(
            trainFiles().stream(), Stream.of(version.test, version.labels).map(directory::resolve))
        .toList();
  }

  private List<String> readLabels() {
    Path file = directory.resolve(version.labels);
    try {
      List<String> labels =
          Files.readAllLines(file, StandardCharsets.UTF_8).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (labels.size() != version.classes) {
        throw new DataSetException(
            "%s holds %d label names; %s has %d. Unpack the archive of %s again."
                .formatted(file, labels.size(), version.name, version.classes, HOME));
      }
      return labels;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private ImageSet images(List<Path> files) {
    int record = version.recordBytes();
    List<byte[]> batches = files.stream().map(this::batch).toList();
    int count = batches.stream().mapToInt(batch -> batch.length / record).sum();
    byte[] pixels = new byte[Math.multiplyExact(count, PIXEL_BYTES)];
    int[] labels = new int[count];
    int image = 0;
    for (byte[] batch : batches) {
      for (int at = 0; at < batch.length; at += record) {
        labels[image] = batch[at + version.labelBytes - 1];
        System.arraycopy(batch, at + version.labelBytes, pixels, image * PIXEL_BYTES, PIXEL_BYTES);
        image++;
      }
    }
    return ImageSet.of(pixels, labels, 3, SIDE, SIDE);
  }

  private byte[] batch(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int record = version.recordBytes();
      if (bytes.length == 0 || bytes.length % record != 0) {
        throw new DataSetException(
            "%s holds %d bytes, which is not a whole number of %d-byte records (%d and %d left over): it is cut short or is another file. Unpack the archive of %s again."
                .formatted(
                    file,
                    bytes.length,
                    record,
                    bytes.length / record,
                    bytes.length % record,
                    HOME));
      }
      checkLabels(file, bytes);
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void checkLabels(Path file, byte[] bytes) {
    int record = version.recordBytes();
    for (int at = 0; at < bytes.length; at += record) {
      int label = bytes[at + version.labelBytes - 1] & 0xff;
      if (label >= version.classes) {
        throw new DataSetException(
            "%s, record %d: label %d must be in 0 … %d. Is this %s, binary version? Unpack the archive of %s again."
                .formatted(file, at / record, label, version.classes - 1, version.name, HOME));
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
