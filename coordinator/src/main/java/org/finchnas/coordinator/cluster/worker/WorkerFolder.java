package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.run.RunStorageException;
import org.jspecify.annotations.Nullable;

/** The folder a worker keeps everything in; the operating system frees it when the worker dies. */
public final class WorkerFolder implements AutoCloseable {

  private static final int MOST_WORKERS = 1000;
  private static final long LONGEST_LOG = 1 << 20;
  private static final String LOCK = ".finch-worker";

  /** What a fresh volume has. */
  private static final String FILE_SYSTEMS_OWN = "lost+found";

  private final Path path;
  private final FileChannel lock;

  private WorkerFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes a folder for this process.
   *
   * @param wanted the folder, or null for the first in the cache that no other worker has
   * @throws SearchInputException if another worker has it
   */
  public static WorkerFolder take(@Nullable Path wanted, Path cacheDirectory) {
    try {
      if (wanted != null) {
        requireOurs(wanted);
        WorkerFolder folder = tryTake(wanted);
        if (folder == null) {
          throw new SearchInputException(
              "Another worker keeps its results in %s. Choose another folder with --dir."
                  .formatted(wanted));
        }
        return folder;
      }
      for (int i = 1; i <= MOST_WORKERS; i++) {
        WorkerFolder folder = tryTake(cacheDirectory.resolve(i == 1 ? "worker" : "worker-" + i));
        if (folder != null) {
          return folder;
        }
      }
      throw new SearchInputException("There are too many workers here. Name a folder with --dir.");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be used: %s. Choose another with --dir."
              .formatted(wanted == null ? cacheDirectory : wanted, e),
          e);
    }
  }

  /** Whatever else lies there could be taken for leftovers, and is in the way. */
  private static void requireOurs(Path folder) throws IOException {
    if (!Files.exists(folder) || Files.exists(folder.resolve(LOCK))) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(file -> !file.getFileName().toString().equals(FILE_SYSTEMS_OWN))) {
        throw new SearchInputException(
            "%s holds other files. Name an empty folder with --dir, or one that does not exist yet."
                .formatted(folder));
      }
    }
  }

  private static @Nullable WorkerFolder tryTake(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return new WorkerFolder(path, channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another worker of this process has it.
    }
    channel.close();
    return null;
  }

  public Path path() {
    return path;
  }

  /** What a worker ends with when its disk fails; says the way out. */
  static RunStorageException failed(Path file, IOException cause) {
    return new RunStorageException(
        file,
        cause,
        "This worker ends, and others do its work. Make room on that disk (or mend it), or name a folder on another with --dir; then start the worker again.");
  }

  /** The same for the disk that decoded images are kept on. */
  static RunStorageException cacheFailed(Path cache, IOException cause) {
    return new RunStorageException(
        cache,
        cause,
        "This worker ends, and others do its work. Make room on that disk (or mend it), or name a folder on another in FINCH_CACHE; then start the worker again.");
  }

  /** Adds a line to {@code worker.log}, of which the last mebibyte or two are kept. */
  public synchronized void log(String line) {
    Path file = path.resolve("worker.log");
    try {
      if (Files.exists(file) && Files.size(file) > LONGEST_LOG) {
        Files.move(file, path.resolve("worker.log.old"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(
          file,
          Instant.now() + " " + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // A disk that is full loses the log, not the worker.
      return;
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
