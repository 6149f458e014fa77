package org.finchnas.evaluation.slot;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Sends and receives {@link SlotMessage}s over two byte streams.
 *
 * <p>A message is one frame: three bytes {@code FNC}, one byte {@link #PROTOCOL}, the length of
 * what follows (four bytes, at least 1, at most {@link #MAX_FRAME_BYTES}), one byte for its kind,
 * then its fields. Numbers are big-endian, texts are UTF-8 after their length in bytes, lists come
 * after their count. Whatever arrives, receiving ends in a message, the end, or an {@link
 * IOException}.
 *
 * <p>Several threads may send; one may receive.
 */
public final class SlotChannel implements Closeable {

  /** Changes whenever a message changes. */
  public static final int PROTOCOL = 5;

  /** Room for a learning curve of sixty thousand epochs; keeps garbage from asking for memory. */
  public static final int MAX_FRAME_BYTES = 1 << 20;

  private static final int MAGIC = 'F' << 24 | 'N' << 16 | 'C' << 8 | PROTOCOL;
  private static final int HEADER_BYTES = 2 * Integer.BYTES;

  private final InputStream in;
  private final DataOutputStream out;

  public SlotChannel(InputStream in, OutputStream out) {
    this.in = new BufferedInputStream(in);
    this.out = new DataOutputStream(out);
  }

  /**
   * Sends a message and flushes.
   *
   * @throws IOException if the other end is gone, or the message is larger than a frame
   */
  public void send(SlotMessage message) throws IOException {
    byte[] body = MessageKind.encode(message);
    if (body.length > MAX_FRAME_BYTES) {
      throw new IOException(
          "A %s message of %d bytes is over the limit of %d."
              .formatted(message.getClass().getSimpleName(), body.length, MAX_FRAME_BYTES));
    }
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + body.length);
    frame.putInt(MAGIC).putInt(body.length).put(body);
    synchronized (out) {
      out.write(frame.array());
      out.flush();
    }
  }

  /**
   * Waits for the next message; empty when the other end has closed its side.
   *
   * @throws IOException if the stream breaks off inside a message or holds something else
   */
  public Optional<SlotMessage> receive() throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length == 0) {
      return Optional.empty();
    }
    int length = bodyLength(ByteBuffer.wrap(complete(header, HEADER_BYTES)));
    return Optional.of(MessageKind.decode(complete(in.readNBytes(length), length)));
  }

  @Override
  public void close() throws IOException {
    try (in;
        out) {
      out.flush();
    }
  }

  private static int bodyLength(ByteBuffer header) throws IOException {
    int magic = header.getInt();
    if (magic >> 8 != MAGIC >> 8) {
      throw new IOException(
          "Expected a slot message, but found the bytes %08x. Does something else write to this"
                  .formatted(magic)
              + " stream?");
    }
    if (magic != MAGIC) {
      throw new IOException(
          "The other end speaks slot protocol %d, this one %d. Use the same version of Finch for both."
              .formatted(magic & 0xff, PROTOCOL));
    }
    int length = header.getInt();
    if (length < 1 || length > MAX_FRAME_BYTES) {
      throw new IOException(
          "A slot message of %d bytes is outside 1 to %d.".formatted(length, MAX_FRAME_BYTES));
    }
    return length;
  }

  private static byte[] complete(byte[] bytes, int expected) throws EOFException {
    if (bytes.length < expected) {
      throw new EOFException(
          "The stream ended inside a slot message: %d of %d bytes came."
              .formatted(bytes.length, expected));
    }
    return bytes;
  }
}
