package org.finchnas.coordinator.cluster.message;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.finchnas.evaluation.TrainingTask;
import org.jspecify.annotations.Nullable;

/**
 * Requests and replies as bytes: {@code FNW}, one byte {@link #PROTOCOL}, then one CBOR object (RFC
 * 8949) that names its kind. Only the kinds of {@link Request} and {@link Reply} can come out of
 * it, whatever a stranger sends.
 */
public final class Wire {

  /** Changes whenever a message changes. */
  public static final int PROTOCOL = 4;

  /** Bytes of a file that travel at once. */
  public static final int PIECE_BYTES = 512 << 10;

  /** Room for a piece of a file, or for work and a long learning curve. */
  static final int MAX_BYTES = 4 << 20;

  private static final int MAGIC = 'F' << 24 | 'N' << 16 | 'W' << 8 | PROTOCOL;

  private static final ObjectMapper MAPPER =
      CBORMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .addMixIn(TrainingTask.class, TaskNulls.class)
          .build();

  private Wire() {}

  /** The one thing in all messages that may be nothing. */
  private abstract static class TaskNulls {
    @JsonSetter(nulls = Nulls.SET)
    @SuppressWarnings("UnusedVariable") // read by Jackson for what is written at it
    private @Nullable String dataDirectory;
  }

  public static byte[] encode(Request request) {
    return bytes(request);
  }

  public static byte[] encode(Reply reply) {
    return bytes(reply);
  }

  /**
   * @throws IOException if the bytes are no request of this version
   */
  public static Request request(byte[] bytes) throws IOException {
    return read(bytes, Request.class);
  }

  /**
   * @throws IOException if the bytes are no reply of this version
   */
  public static Reply reply(byte[] bytes) throws IOException {
    return read(bytes, Reply.class);
  }

  private static byte[] bytes(Object message) {
    try {
      byte[] body = MAPPER.writeValueAsBytes(message);
      return ByteBuffer.allocate(Integer.BYTES + body.length).putInt(MAGIC).put(body).array();
    } catch (IOException e) {
      throw new IllegalStateException("A message that cannot be written: " + message, e);
    }
  }

  private static <M> M read(byte[] bytes, Class<M> kind) throws IOException {
    if (bytes.length < Integer.BYTES || bytes.length > MAX_BYTES) {
      throw new IOException("A message of %d bytes is none of Finch's.".formatted(bytes.length));
    }
    int magic = ByteBuffer.wrap(bytes).getInt();
    if (magic >>> 8 != MAGIC >>> 8) {
      throw new IOException("These bytes are no message of Finch's.");
    }
    if (magic != MAGIC) {
      throw new IOException(
          "This message has version %d of the protocol, and this Finch speaks %d. Use one version of Finch in the whole cluster."
              .formatted(magic & 0xff, PROTOCOL));
    }
    M message = MAPPER.readValue(bytes, Integer.BYTES, bytes.length - Integer.BYTES, kind);
    if (message == null) {
      throw new IOException("A message holds nothing.");
    }
    return message;
  }
}
