package org.finchnas.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A decoded data set that another machine made, in the resolution it was made in.
 *
 * @param contentHash what it was asked for by; the pixels were compared with it when the file was
 *     {@linkplain #admit admitted}
 */
record ReceivedDataSet(String contentHash) {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  ReceivedDataSet {
    // It becomes part of a file name.
    if (!SHA_256.matcher(contentHash).matches()) {
      throw new IllegalArgumentException(
          "content:%s: what follows the colon must be 64 hexadecimal digits in lower case, the content hash of a data set"
              .formatted(contentHash));
    }
  }

  /**
   * Opens the one of several that has the size that is asked for.
   *
   * @param hashes joined by {@code +}
   */
  static CachedDataSet open(String hashes, int imageSize, DataSetCache cache) {
    List<ReceivedDataSet> sets =
        Arrays.stream(hashes.split("\\+", -1)).map(ReceivedDataSet::new).toList();
    return sets.stream()
        .filter(set -> set.hasSize(imageSize, cache))
        .findFirst()
        .orElse(sets.get(0))
        .open(imageSize, cache);
  }

  private boolean hasSize(int imageSize, DataSetCache cache) {
    try {
      DataSet set = requireHere(file(cache));
      return set.train().height() == imageSize && set.train().width() == imageSize;
    } catch (DataSetException e) {
      // Opening says what is wrong with it.
      return false;
    }
  }

  private CachedDataSet open(int imageSize, DataSetCache cache) {
    Path file = file(cache);
    DataSet set = requireHere(file);
    if (!set.contentHash().equals(contentHash)) {
      throw new DataSetException(
          "%s has the content %s, which its name denies. Delete it, so that it is fetched again."
              .formatted(file, set.contentHash()));
    }
    if (set.train().height() != imageSize || set.train().width() != imageSize) {
      throw new DataSetException(
          "content:%s has images of %d x %d pixels and was asked for in %d x %d. Ask for its own size, or where the originals are for the data set by its own name."
              .formatted(
                  contentHash, set.train().height(), set.train().width(), imageSize, imageSize));
    }
    return new CachedDataSet(set, file);
  }

  private DataSet requireHere(Path file) {
    DataSet set;
    try {
      set = Files.isRegularFile(file) ? DataSetFile.read(file) : null;
    } catch (IOException | IllegalArgumentException e) {
      throw new DataSetException("%s cannot be read (%s).".formatted(file, e), e);
    }
    if (set == null) {
      throw new DataSetException(
          "%s is not there, or is damaged. It comes from the machine that has the data set: fetch it from there, or ask for the data set by its own name."
              .formatted(file));
    }
    return set;
  }

  void admit(Path received, DataSetCache cache) {
    try {
      try {
        requireContent(received);
        Files.createDirectories(cache.directory());
        DataSetCache.move(received, file(cache));
      } finally {
        Files.deleteIfExists(received);
      }
    } catch (IOException e) {
      throw new DataSetException(
          "%s cannot be put into %s (%s). Receive it on the same disk, and free some space there."
              .formatted(received, cache.directory(), e),
          e);
    }
  }

  private void requireContent(Path received) throws IOException {
    DataSet set = sound(received);
    if (set == null) {
      throw new DataSetException(
          "%s is cut short or damaged, or of another version of Finch. Fetch it again."
              .formatted(received));
    }
    String actual = ContentHash.of(set.train(), set.test());
    if (!actual.equals(contentHash) || !set.contentHash().equals(contentHash)) {
      throw new DataSetException(
          "%s has the content %s and not %s. Fetch it again, from a machine that has the data set."
              .formatted(received, actual, contentHash));
    }
  }

  /** Null as well for what no machine of ours would have written. */
  private static @Nullable DataSet sound(Path received) throws IOException {
    try {
      DataSet set = DataSetFile.read(received);
      return set != null && hasNamesForItsLabels(set) ? set : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean hasNamesForItsLabels(DataSet set) {
    int classes = set.labels().size();
    return Stream.of(set.train(), set.test())
        .flatMapToInt(images -> IntStream.of(images.labels()))
        .allMatch(label -> label >= 0 && label < classes);
  }

  private Path file(DataSetCache cache) {
    return cache.file("content-" + contentHash);
  }
}
