package org.finchnas.coordinator.ignite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that an Ignite node wants; nothing in it is worth keeping. It is named after its
 * process, so that those of processes that were killed are known as such.
 */
record WorkDirectory(Path path) implements AutoCloseable {

  private static final String PREFIX = "finch-ignite-";
  private static final Duration FORGOTTEN = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]+)-.*");

  /** Makes one, and deletes those of this machine's dead processes. */
  static WorkDirectory make() {
    return make(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static WorkDirectory make(Path folder) {
    try {
      sweep(folder);
      String name = PREFIX + ProcessHandle.current().pid() + "-";
      return new WorkDirectory(Files.createTempDirectory(folder, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not the young ones: a process of another container may share the disk and not be seen. */
  private static void sweep(Path folder) throws IOException {
    Instant limit = Instant.now().minus(FORGOTTEN);
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path directory : directories) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        if (name.matches()
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
            && Files.getLastModifiedTime(directory).toInstant().isBefore(limit)) {
          new WorkDirectory(directory).close();
        }
      }
    }
  }

  /** Deletes it as far as that goes: it may be another user's, or be swept by two at once. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> files = all.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      return;
    }
  }
}
