package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a run directory to one process; the operating system frees it when the process dies,
 * however it dies.
 */
final class RunLock implements AutoCloseable {

  static final String FILE = ".lock";

  /**
   * Static because the operating system's locks belong to the process: closing any channel of a
   * locked file would free it, so within this process nobody may open it twice.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Far behind the text, where a mandatory lock does not keep others from reading it. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * Locked by the holder besides, and the only one that {@link #holder} tries: whoever looks must
   * not keep a search from starting at that moment.
   */
  private static final long SHOWN_BYTE = Long.MAX_VALUE - 2;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a run.
   *
   * @param run an existing folder
   * @throws RunException if a live process holds it; names the process
   */
  static RunLock take(Path run) {
    try {
      Path file = run.toRealPath().resolve(FILE);
      synchronized (HELD) {
        if (!HELD.add(file)) {
          throw inUse(run, "this process");
        }
        return take(run, file);
      }
    } catch (IOException e) {
      throw new RunStorageException(run, e);
    }
  }

  /**
   * Which process holds a run, if one does; leaves the lock as it is, also for who takes it now.
   */
  static Optional<String> holder(Path run) {
    try {
      Path file = run.toRealPath().resolve(FILE);
      // Alone within this process: its locks would be each other's, and closing one frees all.
      synchronized (HELD) {
        if (HELD.contains(file)) {
          return Optional.of(Long.toString(ProcessHandle.current().pid()));
        }
        return Files.isWritable(file) ? shown(file) : Optional.empty();
      }
    } catch (IOException e) {
      throw new RunStorageException(run, e);
    }
  }

  private static Optional<String> shown(Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock(SHOWN_BYTE, 1, false)) {
      return free == null ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }
  }

  private static RunLock take(Path run, Path file) throws IOException {
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw inUse(run, "process " + Files.readString(file).strip());
      }
      channel.truncate(0);
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid));
      // Waits for those who look at this moment, and they do not stay.
      channel.lock(SHOWN_BYTE, 1, false);
      taken = true;
      return new RunLock(file, channel);
    } finally {
      if (!taken) {
        HELD.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static RunException inUse(Path run, String who) {
    return new RunException(
        "%s is in use by %s. Wait for it or end it, or choose another directory with --run."
            .formatted(run, who));
  }

  @Override
  public void close() {
    synchronized (HELD) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new RunStorageException(file, e);
      } finally {
        HELD.remove(file);
      }
    }
  }
}
