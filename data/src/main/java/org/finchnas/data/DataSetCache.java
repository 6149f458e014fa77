package org.finchnas.data;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decoded data sets in a directory, shared by the processes of a machine. Of several that want one
 * at the same time the first decodes it and the others wait. Every process writes to a file of its
 * own and renames it when it is whole, so that none sees half of one, also where the file system
 * has no locks; a file that is cut short or damaged is made again.
 *
 * @param directory may be deleted at any time; created when missing
 */
record DataSetCache(Path directory) {

  private static final Logger LOG = System.getLogger(DataSetCache.class.getName());

  /** Ending of files that are being written. */
  static final String PARTIAL = ".partial";

  /** Ending of empty files that are locked while their data set is decoded. */
  private static final String LOCK = ".lock";

  private static final Duration ABANDONED = Duration.ofDays(1);

  /**
   * Opens a data set, making it first unless it is here.
   *
   * @param key file name without its ending; whatever changes the images must change the key
   */
  DataSet open(String key, Supplier<DataSet> source) {
    Path file = file(key);
    try {
      DataSet known = sound(file);
      if (known == null) {
        Files.createDirectories(directory);
        known = decoded(file, source);
      }
      if (known == null) {
        throw new DataSetException(
            "%s was written and cannot be read back. Check the disk, or choose another cache directory."
                .formatted(file));
      }
      return known;
    } catch (IOException e) {
      throw new DataSetException(
          "Decoded images cannot be kept in %s (%s). Free some space there, or choose another cache directory."
              .formatted(directory, reason(e)),
          e);
    }
  }

  /** The same, with the file that holds it. */
  CachedDataSet cached(String key, Supplier<DataSet> source) {
    return new CachedDataSet(open(key, source), file(key));
  }

  /** Where a data set is kept. */
  Path file(String key) {
    return directory.resolve(key + ".images");
  }

  /** Of the threads of a process one at a time: file locks are between processes. */
  private @Nullable DataSet decoded(Path file, Supplier<DataSet> source) throws IOException {
    synchronized (DataSetCache.class) {
      Path lock = file.resolveSibling(file.getFileName() + LOCK);
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        awaitTurn(channel);
        DataSet known = sound(file);
        if (known == null) {
          removeAbandoned();
          write(file, source.get());
          known = sound(file);
        }
        return known;
      } finally {
        // One who still waits for it finds the images made; one who comes later makes a new one.
        Files.deleteIfExists(lock);
      }
    }
  }

  /** Until the channel closes or this process ends, however it ends. */
  private static void awaitTurn(FileChannel channel) {
    try {
      channel.lock();
    } catch (IOException e) {
      // Some network file systems have no locks: then the images are decoded more than once.
      LOG.log(Level.DEBUG, "No lock for decoding images.", e);
    }
  }

  private void write(Path file, DataSet set) throws IOException {
    Path partial = Files.createTempFile(directory, file.getFileName() + ".", PARTIAL);
    try {
      DataSetFile.write(partial, set);
      move(partial, file);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Windows refuses to replace a file that another process has mapped: then that one serves. */
  static void move(Path partial, Path file) throws IOException {
    try {
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (sound(file) == null) {
        throw e;
      }
    }
  }

  private static @Nullable DataSet sound(Path file) throws IOException {
    return Files.isRegularFile(file) ? DataSetFile.read(file) : null;
  }

  private void removeAbandoned() throws IOException {
    try (DirectoryStream<Path> partials = Files.newDirectoryStream(directory, "*" + PARTIAL)) {
      for (Path partial : partials) {
        if (abandoned(partial)) {
          Files.deleteIfExists(partial);
        }
      }
    }
  }

  private static boolean abandoned(Path partial) throws IOException {
    try {
      Instant changed = Files.getLastModifiedTime(partial).toInstant();
      return changed.isBefore(Instant.now().minus(ABANDONED));
    } catch (NoSuchFileException e) {
      return false; // its process has just renamed it
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
