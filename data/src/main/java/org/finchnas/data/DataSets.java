package org.finchnas.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data sets Finch knows, by name: {@code shapes} ({@code shapes:SEED} for other pictures),
 * {@code cifar10}, {@code cifar100}, {@code mnist}, {@code fashion-mnist}, {@code images:DIR}; and,
 * for programs, {@code content:SHA256} for one that was made elsewhere.
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
   * <p>{@code content:SHA256} names a data set by its {@linkplain DataSet#contentHash() content
   * hash}, 64 hexadecimal digits in lower case. It is never decoded nor scaled: it must have been
   * {@linkplain #admit admitted}, in the resolution that is asked for. Several resolutions have
   * their hashes joined by {@code +}.
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
    return cached(spec, imageSize, dataDirectory, new DataSetCache(cacheDirectory)).set();
  }

  /**
   * The file of the cache that holds a data set in a resolution, made first unless it is there.
   * What it holds is what {@link #open} gives, but for the name and for warnings about a folder;
   * another machine may {@linkplain #admit admit} a copy. It may be deleted at any time, as all of
   * the cache.
   *
   * @throws IllegalArgumentException as {@link #open}
   * @throws DataSetException as {@link #open}
   */
  public static Path file(
      String spec, int imageSize, @Nullable Path dataDirectory, Path cacheDirectory) {
    return cached(spec, imageSize, dataDirectory, new DataSetCache(cacheDirectory)).file();
  }

  /**
   * Takes a file that another machine's {@link #file} gave into the cache, where {@code content:}
   * and the hash will open it. Whether it succeeds or not, the received file is gone afterwards; if
   * not, the cache is as it was.
   *
   * @param receivedFile on the disk of the cache. In its directory, with a name that ends in {@code
   *     .partial}, it is swept some day if this process ends before
   * @param contentHash what it must contain; every pixel is read and compared with it
   * @throws IllegalArgumentException for a hash that is none
   * @throws DataSetException if the file is damaged or holds something else, or cannot be moved
   */
  public static void admit(Path receivedFile, String contentHash, Path cacheDirectory) {
    new ReceivedDataSet(contentHash).admit(receivedFile, new DataSetCache(cacheDirectory));
  }

  private static CachedDataSet cached(
      String spec, int imageSize, @Nullable Path dataDirectory, DataSetCache cache) {
    if (imageSize < 1) {
      throw new IllegalArgumentException(
          "imageSize (%d) must be at least 1; cifar10 and shapes have 32".formatted(imageSize));
    }
    String name = spec.contains(":") ? spec.substring(0, spec.indexOf(':')) : spec;
    String argument = spec.substring(Math.min(spec.length(), name.length() + 1));
    CachedDataSet cached =
        switch (name) {
          case "shapes" -> shapes(argument, cache);
          case "images" -> images(argument, imageSize, cache);
          case "content" -> ReceivedDataSet.open(argument, imageSize, cache);
          default ->
              PublishedSet.named(name)
                  .map(set -> published(set, argument, dataDirectory, cache))
                  .orElseThrow(() -> unknown(spec, name));
        };
    return scaled(cached.with(cached.set().named(spec)), imageSize, cache);
  }

  /**
   * The same images in another resolution: by area when smaller, bilinear when larger. Kept in the
   * cache.
   */
  public static DataSet scaled(DataSet set, int imageSize, Path cacheDirectory) {
    return isOf(imageSize, set)
        ? set
        : rescaled(set, imageSize, new DataSetCache(cacheDirectory)).set();
  }

  private static CachedDataSet scaled(CachedDataSet cached, int imageSize, DataSetCache cache) {
    return isOf(imageSize, cached.set()) ? cached : rescaled(cached.set(), imageSize, cache);
  }

  private static boolean isOf(int imageSize, DataSet set) {
    return set.train().height() == imageSize && set.train().width() == imageSize;
  }

  private static CachedDataSet rescaled(DataSet set, int imageSize, DataSetCache cache) {
    String key = "scaled-%s-%d".formatted(set.contentHash().substring(0, 16), imageSize);
    CachedDataSet cached =
        cache.cached(
            key,
            () ->
                DataSet.of(
                    set.name(),
                    set.labels(),
                    Scaling.scaled(set.train(), imageSize),
                    Scaling.scaled(set.test(), imageSize),
                    set.warnings()));
    return cached.with(cached.set().named(set.name()));
  }

  /** Every data set there is a reader for. */
  public static List<Entry> list(@Nullable Path dataDirectory) {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(
            "shapes",
            "10 figures in clutter, 32 x 32, %d + %d images; shapes:SEED for others"
                .formatted(Shapes.TRAIN, Shapes.TEST),
            "made by Finch itself",
            true));
    for (PublishedSet set : PublishedSet.known()) {
      entries.add(new Entry(set.name(), set.description(), set.home(), isHere(set, dataDirectory)));
    }
    entries.add(
        new Entry(
            "images:DIR",
            "your own pictures (JPEG, PNG, GIF, BMP), a folder per class, any size",
            "the folder you name",
            true));
    return List.copyOf(entries);
  }

  /** The names of the published data sets, which can be fetched. */
  public static List<String> published() {
    return PublishedSet.known().stream().map(PublishedSet::name).toList();
  }

  /**
   * Whether a data set is one that must be fetched before it can be opened.
   *
   * @param spec as in {@link #open}
   */
  public static boolean needsFetching(String spec, @Nullable Path dataDirectory) {
    return PublishedSet.named(spec).filter(set -> !isHere(set, dataDirectory)).isPresent();
  }

  /**
   * Brings a published data set into a folder, checked by its published hashes; what an earlier
   * attempt left is continued. Does nothing if it is there.
   *
   * @param base what the addresses of its files begin with instead of the published one: {@code
   *     http}, {@code https} or {@code file}
   * @throws IllegalArgumentException if there is no such published data set
   * @throws DataSetException if it cannot be had
   */
  public static void fetch(
      String name, Path dataDirectory, @Nullable String base, FetchListener listener) {
    PublishedSet set =
        PublishedSet.named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is not a data set that can be fetched. There are %s."
                            .formatted(name, String.join(", ", published()))));
    new Fetch(set, dataDirectory, base, listener).run();
  }

  private static boolean isHere(PublishedSet set, @Nullable Path dataDirectory) {
    return dataDirectory != null && set.in().apply(dataDirectory).missing().isEmpty();
  }

  private static CachedDataSet shapes(String argument, DataSetCache cache) {
    long seed = argument.isEmpty() ? SHAPES_SEED : seed(argument);
    return cache.cached(
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

  private static CachedDataSet published(
      PublishedSet set, String argument, @Nullable Path dataDirectory, DataSetCache cache) {
    if (!argument.isEmpty()) {
      throw new IllegalArgumentException(
          "%s:%s: %s takes nothing after a colon; name its directory with --data-dir or FINCH_DATA"
              .formatted(set.name(), argument, set.name()));
    }
    String wayOut =
        "Fetch it with finch datasets --fetch %s, or put its files, from %s, below a folder that --data-dir or FINCH_DATA names."
            .formatted(set.name(), set.home());
    if (dataDirectory == null) {
      throw new DataSetException(
          "%s needs a data directory and none was given. %s".formatted(set.name(), wayOut));
    }
    PublishedFiles files = set.in().apply(dataDirectory);
    List<String> missing = files.missing();
    if (!missing.isEmpty()) {
      throw new DataSetException(
          "%s is not whole in %s; missing: %s. %s"
              .formatted(set.name(), files.directory(), String.join(", ", missing), wayOut));
    }
    return cache.cached(set.name() + "-" + files.fingerprint(), files::read);
  }

  private static CachedDataSet images(String argument, int imageSize, DataSetCache cache) {
    if (argument.isEmpty()) {
      throw new IllegalArgumentException(
          "images needs a folder after a colon, as in images:/home/me/birds; it holds a folder of pictures per class");
    }
    ImageFolder folder = new ImageFolder(Path.of(argument));
    CachedDataSet cached =
        cache.cached(
            "images-%s-%d".formatted(folder.fingerprint(), imageSize),
            () -> new ImageFolderReader(folder, imageSize).read(cache.directory()));
    return cached.with(warned(folder.warnings(), cached.set()));
  }

  private static DataSet warned(List<String> warnings, DataSet set) {
    List<String> all = Stream.concat(warnings.stream(), set.warnings().stream()).toList();
    return new DataSet(set.name(), set.labels(), set.train(), set.test(), set.contentHash(), all);
  }

  private static IllegalArgumentException unknown(String spec, String name) {
    List<String> names = list(null).stream().map(Entry::name).toList();
    ToIntFunction<String> distance =
        known -> EditDistance.between(name.toLowerCase(Locale.ROOT), known.split(":")[0]);
    int nearest = names.stream().mapToInt(distance).min().orElseThrow();
    List<String> near =
        nearest > 2
            ? List.of()
            : names.stream().filter(known -> distance.applyAsInt(known) == nearest).toList();
    return new IllegalArgumentException(
        "%s is not a data set.%s There are %s."
            .formatted(
                spec,
                near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?",
                String.join(", ", names)));
  }
}
