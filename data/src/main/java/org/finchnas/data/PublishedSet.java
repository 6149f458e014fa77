package org.finchnas.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A data set that its authors published.
 *
 * @param home their page, for people
 * @param base what the addresses of its files begin with, up to the last slash
 * @param files all that has to be fetched
 * @param directory where they lie below the data directory
 * @param packed whether the one file is an archive that holds {@code directory}
 * @param in finds the unpacked files below a data directory
 */
record PublishedSet(
    String name,
    String description,
    String home,
    String base,
    List<PublishedFile> files,
    String directory,
    boolean packed,
    Function<Path, PublishedFiles> in) {

  private static final List<PublishedSet> KNOWN =
      List.of(
          cifar(Cifar.TEN, "photographs of 10 classes, 32 x 32, up to 50000 + 10000 images"),
          cifar(Cifar.HUNDRED, "photographs of 100 classes, 32 x 32, 50000 + 10000 images"),
          mnist(Mnist.DIGITS, "handwritten digits, grey, 28 x 28, 60000 + 10000 images"),
          mnist(
              Mnist.FASHION,
              "pieces of clothing, 10 classes, grey, 28 x 28, 60000 + 10000 images"));

  static List<PublishedSet> known() {
    return KNOWN;
  }

  static Optional<PublishedSet> named(String name) {
    return KNOWN.stream().filter(set -> set.name.equals(name)).findFirst();
  }

  private static PublishedSet cifar(Cifar.Version version, String description) {
    return new PublishedSet(
        version.name(),
        description,
        Cifar.HOME,
        "https://www.cs.toronto.edu/~kriz/",
        List.of(version.archive()),
        version.directory(),
        true,
        directory -> Cifar.in(version, directory));
  }

  private static PublishedSet mnist(Mnist.Version version, String description) {
    return new PublishedSet(
        version.name(),
        description,
        version.home(),
        version.base(),
        Stream.of(version.training(), version.test())
            .flatMap(part -> Stream.of(part.images(), part.labels()))
            .toList(),
        version.name(),
        false,
        directory -> Mnist.in(version, directory));
  }
}
