package org.finchnas.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * MNIST (LeCun, Cortes and Burges 1998) and Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv
 * 1708.07747): grey images of 28 × 28 in {@linkplain IdxFile IDX} files, packed as published or
 * unpacked.
 */
final class Mnist implements PublishedFiles {

  static final Version DIGITS =
      new Version(
          "mnist",
          IntStream.range(0, 10).mapToObj(String::valueOf).toList(),
          "http://yann.lecun.com/exdb/mnist/",
          "https://ossci-datasets.s3.amazonaws.com/mnist/",
          part("train", "f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432"),
          part("t10k", "9fb629c4189551a2d022fa330f9573f3", "ec29112dd5afa0611ce80d1b7f02629c"));

  static final Version FASHION =
      new Version(
          "fashion-mnist",
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"),
          "https://github.com/zalandoresearch/fashion-mnist",
          "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
          part("train", "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe"),
          part("t10k", "bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310"));

  private static final String PACKED = ".gz";

  /**
   * One of the two.
   *
   * @param labels names of the classes
   * @param home their authors' page
   * @param base where the files can be fetched from
   */
  record Version(
      String name, List<String> labels, String home, String base, Part training, Part test) {}

  /** The images to learn from or those to be tested on. */
  record Part(PublishedFile images, PublishedFile labels) {}

  private final Version version;
  private final Path directory;

  private Mnist(Version version, Path directory) {
    this.version = version;
    this.directory = directory;
  }

  /** The files in the folder called as the data set, below a directory. */
  static Mnist in(Version version, Path dataDirectory) {
    return new Mnist(version, dataDirectory.resolve(version.name));
  }

  private static Part part(String name, String imagesMd5, String labelsMd5) {
    return new Part(
        new PublishedFile(name + "-images-idx3-ubyte" + PACKED, imagesMd5),
        new PublishedFile(name + "-labels-idx1-ubyte" + PACKED, labelsMd5));
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public List<String> missing() {
    return published().filter(file -> !Files.exists(place(file))).map(PublishedFile::name).toList();
  }

  @Override
  public String fingerprint() {
    return Fingerprint.of(directory, published().map(this::place).toList());
  }

  @Override
  public DataSet read() {
    return DataSet.of(
        version.name, version.labels, images(version.training), images(version.test), List.of());
  }

  private Stream<PublishedFile> published() {
    return Stream.of(version.training, version.test)
        .flatMap(part -> Stream.of(part.images, part.labels));
  }

  /** The file as published or, where only that is here, unpacked. */
  private Path place(PublishedFile file) {
    Path packed = directory.resolve(file.name());
    Path plain = directory.resolve(file.name().replace(PACKED, ""));
    return Files.exists(packed) || !Files.exists(plain) ? packed : plain;
  }

  private ImageSet images(Part part) {
    IdxFile images = idx(part.images, 3);
    IdxFile labels = idx(part.labels, 1);
    int count = images.dimensions().get(0);
    if (labels.dimensions().get(0) != count) {
      throw new DataSetException(
          "%s holds %d images, but %s %d labels. Fetch both again: delete them, and they are."
              .formatted(
                  place(part.images), count, place(part.labels), labels.dimensions().get(0)));
    }
    int[] classes = new int[count];
    for (int image = 0; image < count; image++) {
      classes[image] = labels.values()[image] & 0xff;
      if (classes[image] >= version.labels.size()) {
        throw new DataSetException(
            "%s, image %d: label %d must be in 0 … %d. Is this %s? Delete the file, and it is fetched again."
                .formatted(
                    place(part.labels),
                    image,
                    classes[image],
                    version.labels.size() - 1,
                    version.name));
      }
    }
    return ImageSet.of(
        images.values(), classes, 1, images.dimensions().get(1), images.dimensions().get(2));
  }

  private IdxFile idx(PublishedFile file, int dimensions) {
    Path place = place(file);
    try {
      return IdxFile.read(place, dimensions);
    } catch (IOException e) {
      throw new DataSetException(
          "%s cannot be read (%s). Delete it, and it is fetched again.".formatted(place, e), e);
    }
  }
}
