package org.finchnas.worker.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Rows of floats in a file that is deleted at the end: features of many images are larger than
 * memory, and the system keeps in it what there is room for. What a killed process leaves behind is
 * overwritten by the next.
 */
final class FeatureFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer row;

  /**
   * @param values floats in a row
   */
  FeatureFile(Path path, int values) {
    this.path = path;
    this.row = ByteBuffer.allocateDirect(values * Float.BYTES).order(ByteOrder.nativeOrder());
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      this.channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes the row at an index, from an array at an offset. */
  void write(long index, float[] values, int offset) {
    row.clear();
    row.asFloatBuffer().put(values, offset, row.capacity() / Float.BYTES);
    try {
      while (row.hasRemaining()) {
        long written = channel.write(row, index * row.capacity() + row.position());
        if (written == 0) {
          throw new IOException("nothing more can be written");
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Reads the row at an index, into an array at an offset. */
  void read(long index, float[] target, int offset) {
    row.clear();
    try {
      while (row.hasRemaining()) {
        if (channel.read(row, index * row.capacity() + row.position()) < 0) {
          throw new IOException("the file became shorter");
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
    row.flip().asFloatBuffer().get(target, offset, row.capacity() / Float.BYTES);
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException cause) {
    return new UncheckedIOException(
        "Features cannot be kept in %s (%s). Make room on that disk, or mend it."
            .formatted(path, cause.getMessage()),
        cause);
  }
}
