package org.finchnas.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data sets Finch knows, by name: {@code shapes} ({@code shapes:SEED} for other pictures),
 * {@code cifar10}, {@code images:DIR}.
 */
public final class DataSets {

  private static final long SHAPES_SEED = 1;

  private DataSets() {}

  /**
   * A data set that can be had.
   *
   * @param name what to ask for
   * @param description what it is
   * @param origin where it comes from
   * @param here whether it can be opened now
   */
  public record Entry(String name, String description, String origin, boolean here) {}

  /**
   * Opens a data set in a resolution, decoding it into the cache first unless it is there.
   *
   * @param spec name, and after a colon what the name needs
   * @param imageSize height and width in pixels, at least 1
   * @param dataDirectory where downloaded data sets lie
   * @param cacheDirectory where decoded images are kept; created when missing
   * @throws IllegalArgumentException for a name that is not known
   * @throws DataSetException for files that are missing, cut short or unreadable
   */
  public static DataSet open(
      String spec, int imageSize, @Nullable Path dataDirectory, Path cacheDirectory) {
    if (imageSize < 1) {
      throw new IllegalArgumentException(
          "imageSize (%d) must be at least 1; cifar10 and shapes have 32".formatted(imageSize));
    }
    DataSetCache cache = new DataSetCache(cacheDirectory);
    String name = spec.contains(":") ? spec.substring(0, spec.indexOf(':')) : spec;
    String argument = spec.substring(Math.min(spec.length(), name.length() + 1));
    DataSet set =
        switch (name) {
          case "shapes" -> shapes(argument, cache);
          case "cifar10" -> cifar10(argument, dataDirectory, cache);
          case "images" -> images(argument, imageSize, cache);
          default -> throw unknown(spec, name);
        };
    return scaled(set.named(spec), imageSize, cacheDirectory);
  }

  /**
   * The same images in another resolution: by area when smaller, bilinear when larger. Kept in the
   * cache.
   */
  public static DataSet scaled(DataSet set, int imageSize, Path cacheDirectory) {
    if (set.train().height() == imageSize && set.train().width() == imageSize) {
      return set;
    }
    String key = "scaled-%s-%d".formatted(set.contentHash().substring(0, 16), imageSize);
    return new DataSetCache(cacheDirectory)
        .open(
            key,
            () ->
                DataSet.of(
                    set.name(),
                    set.labels(),
                    Scaling.scaled(set.train(), imageSize),
                    Scaling.scaled(set.test(), imageSize),
                    set.warnings()))
        .named(set.name());
  }

  /** Every data set there is a reader for. */
  public static List<Entry> list(@Nullable Path dataDirectory) {
    return List.of(
        new Entry(
            "shapes",
            "10 figures in clutter, 32 x 32, %d + %d images; shapes:SEED for others"
                .formatted(Shapes.TRAIN, Shapes.TEST),
            "made by Finch itself",
            true),
        new Entry(
            "cifar10",
            "photographs of 10 classes, 32 x 32, up to 50000 + 10000 images",
            Cifar10.HOME,
            Cifar10.present(dataDirectory)),
        new Entry(
            "images:DIR",
            "your own pictures (JPEG, PNG, GIF, BMP), a folder per class, any size",
            "the folder you name",
            true));
  }

  private static DataSet shapes(String argument, DataSetCache cache) {
    long seed = argument.isEmpty() ? SHAPES_SEED : seed(argument);
    return cache.open(
        "shapes-%d-%d".formatted(Shapes.VERSION, seed),
        () -> new Shapes(seed, ShapeDifficulty.DEFAULT).dataSet(Shapes.TRAIN, Shapes.TEST));
  }

  private static long seed(String argument) {
    try {
      return Long.parseLong(argument);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "shapes:%s: what follows the colon must be a whole number, the seed, as in shapes:7"
              .formatted(argument),
          e);
    }
  }

  private static DataSet cifar10(
      String argument, @Nullable Path dataDirectory, DataSetCache cache) {
    if (!argument.isEmpty()) {
      throw new IllegalArgumentException(
          "cifar10:%s: cifar10 takes nothing after a colon; name its directory with --data-dir or FINCH_DATA"
              .formatted(argument));
    }
    Cifar10 cifar = Cifar10.in(dataDirectory);
    return cache.open("cifar10-" + cifar.fingerprint(), cifar::read);
  }

  private static DataSet images(String argument, int imageSize, DataSetCache cache) {
    if (argument.isEmpty()) {
      throw new IllegalArgumentException(
          "images needs a folder after a colon, as in images:/home/me/birds; it holds a folder of pictures per class");
    }
    ImageFolder folder = new ImageFolder(Path.of(argument));
    DataSet set =
        cache.open(
            "images-%s-%d".formatted(folder.fingerprint(), imageSize),
            () -> new ImageFolderReader(folder, imageSize).read(cache.directory()));
    List<String> warnings =
        Stream.concat(folder.warnings().stream(), set.warnings().stream()).toList();
    return new DataSet(
        set.name(), set.labels(), set.train(), set.test(), set.contentHash(), warnings);
  }

  private static IllegalArgumentException unknown(String spec, String name) {
    List<String> names = list(null).stream().map(Entry::name).toList();
    List<String> near =
        names.stream()
            .filter(
                known ->
                    EditDistance.between(name.toLowerCase(Locale.ROOT), known.split(":")[0]) <= 2)
            .toList();
    return new IllegalArgumentException(
        "%s is not a data set.%s There are %s."
            .formatted(
                spec,
                near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?",
                String.join(", ", names)));
  }
}
