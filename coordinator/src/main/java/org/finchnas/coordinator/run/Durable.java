package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are either there as a whole, also after a power cut, or not there at all. */
final class Durable {

  /** Ends the name of a file that was being written when its process died. */
  static final String UNFINISHED = ".tmp";

  private Durable() {}

  /**
   * Writes a file under another name, syncs it, renames it and syncs the folder.
   *
   * @throws RunStorageException if it cannot be written; then nothing has changed
   */
  static void write(Path file, byte[] content) {
    Path unfinished =
        file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel channel =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeFully(channel, ByteBuffer.wrap(content));
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(file.resolveSibling(""));
    } catch (IOException e) {
      deleteQuietly(unfinished);
      throw new RunStorageException(file, e);
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Makes the names in a folder durable. */
  static void syncFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Only POSIX lets a folder be opened; elsewhere the rename itself is all there is.
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
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
