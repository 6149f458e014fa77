package org.finchnas.data;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Brings the files of a published data set into a data directory. */
final class Fetch {

  private final PublishedSet set;
  private final Path dataDirectory;
  private final String base;
  private final FetchListener listener;

  /**
   * @param base what the addresses begin with instead of the published one
   */
  Fetch(PublishedSet set, Path dataDirectory, @Nullable String base, FetchListener listener) {
    this.set = set;
    this.dataDirectory = dataDirectory;
    String from = base == null ? set.base() : base;
    this.base = from.endsWith("/") ? from : from + "/";
    this.listener = listener;
  }

  /** Does nothing if all is there; waits for another process that fetches the same. */
  void run() {
    try {
      Files.createDirectories(dataDirectory);
      Path lock = dataDirectory.resolve("." + set.name() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !set.in().apply(dataDirectory).missing().isEmpty()) {
          fetch();
        }
      }
    } catch (IOException e) {
      throw new DataSetException(
          "%s cannot be put into %s (%s). Name a folder that you may write to, with room, by --data-dir or FINCH_DATA."
              .formatted(set.name(), dataDirectory, e),
          e);
    }
  }

  private void fetch() throws IOException {
    Path folder = dataDirectory.resolve(set.directory());
    for (PublishedFile file : set.files()) {
      Path place = (set.packed() ? dataDirectory : folder).resolve(file.name());
      if (!Files.exists(place)) {
        Files.createDirectories(place.toAbsolutePath().getParent());
        new Download(address(file), place, file.md5(), listener).run();
      }
      if (set.packed()) {
        Archive.unpack(place, folder);
        Files.delete(place);
      }
    }
  }

  private URI address(PublishedFile file) {
    URI address;
    try {
      address = URI.create(base + file.name());
    } catch (IllegalArgumentException e) {
      throw new DataSetException(
          "%s is no address: %s. It must begin with http://, https:// or file:///."
              .formatted(base, e.getMessage()),
          e);
    }
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("file")) {
      throw new DataSetException(
          "%s must begin with http://, https:// or file:///.".formatted(address));
    }
    return address;
  }
}
