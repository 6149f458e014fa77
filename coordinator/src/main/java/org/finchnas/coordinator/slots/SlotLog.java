package org.finchnas.coordinator.slots;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What a slot writes to its standard error, on disk: the latest at most two mebibytes, the older
 * half beside the newer as {@code .old}; and the last words in memory.
 */
final class SlotLog {

  static final int HALF_BYTES = 1 << 20;
  static final int TAIL_BYTES = 4096;

  private final Path file;
  private byte[] tail = new byte[0];

  SlotLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** The end of what was written since this object was made. */
  synchronized String tail() {
    return new String(tail, StandardCharsets.UTF_8).strip();
  }

  /** Reads a stream to its end. A disk that is full loses the log, not the slot. */
  void drain(InputStream stream) {
    byte[] buffer = new byte[8192];
    boolean writable = true;
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        remember(buffer, count);
        writable = writable && write(buffer, count);
      }
    } catch (IOException e) {
      remember(e.toString());
    }
  }

  private boolean write(byte[] bytes, int count) {
    try {
      if (Files.exists(file) && Files.size(file) + count > HALF_BYTES) {
        Path old = file.resolveSibling(file.getFileName() + ".old");
        Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
      }
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(bytes, 0, count);
      }
      return true;
    } catch (IOException e) {
      remember(e.toString());
      return false;
    }
  }

  private void remember(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    remember(bytes, bytes.length);
  }

  private synchronized void remember(byte[] bytes, int count) {
    byte[] all = Arrays.copyOf(tail, tail.length + count);
    System.arraycopy(bytes, 0, all, tail.length, count);
    tail = Arrays.copyOfRange(all, Math.max(0, all.length - TAIL_BYTES), all.length);
  }
}
