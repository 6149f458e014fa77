package org.finchnas.coordinator.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are either there as a whole, also after a power cut, or not there at all. */
public final class Durable {

  /** Ends the name of a file that was being written when its process died. */
  public static final String UNFINISHED = ".tmp";

  private Durable() {}

  /**
   * Writes a file under another name, syncs it, renames it and syncs the folder.
   *
   * @throws RunStorageException if it cannot be written; then nothing has changed
   */
  public static void write(Path file, byte[] content) {
    Path unfinished =
        file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      // Not a channel: a thread that is interrupted must not lose what it had finished.
      try (FileOutputStream stream = new FileOutputStream(unfinished.toFile())) {
        stream.write(content);
        stream.getFD().sync();
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(file.resolveSibling(""));
    } catch (IOException e) {
      deleteQuietly(unfinished);
      throw new RunStorageException(file, e);
    }
  }

  /** Makes the names in a folder durable, also when the thread is interrupted meanwhile. */
  public static void syncFolder(Path folder) throws IOException {
    // Only POSIX lets a folder be opened; elsewhere the rename itself is all there is.
    boolean synced = !folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    boolean interrupted = Thread.interrupted();
    try {
      while (!synced) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          synced = true;
        } catch (ClosedByInterruptException e) {
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The first failure is the one to tell; what is left is swept when the run is opened.
    }
  }
}
