package org.finchnas.coordinator.ignite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
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
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-.*");

  /** Makes one, and deletes those of this machine's dead processes. */
  static WorkDirectory make() {
    return make(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static WorkDirectory make(Path folder) {
    try {
      String name = PREFIX + ProcessHandle.current().pid() + "-";
      Path directory = Files.createTempDirectory(folder, name);
      sweep(folder, Files.getOwner(directory));
      return new WorkDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sweep(Path folder, UserPrincipal us) throws IOException {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path directory : directories) {
        if (isForgotten(directory, us)) {
          new WorkDirectory(directory).close();
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * Whether it is ours, and its process is dead. Not if it is young: a process of another container
   * may share the disk and not be seen. What cannot be looked at is left: another process may sweep
   * it at the same moment.
   */
  private static boolean isForgotten(Path directory, UserPrincipal us) {
    Matcher name = NAME.matcher(directory.getFileName().toString());
    try {
      return name.matches()
          && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
          && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(us)
          && Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(Instant.now().minus(FORGOTTEN));
    } catch (IOException | RuntimeException e) {
      return false;
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
