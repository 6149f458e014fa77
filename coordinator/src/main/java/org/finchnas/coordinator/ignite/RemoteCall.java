package org.finchnas.coordinator.ignite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * The one thing that a worker has the coordinator do: answer bytes with bytes. Nothing thrown ever
 * reaches Ignite, which would end its node on an {@link Error}.
 */
final class RemoteCall implements IgniteCallable<byte[]> {

  private static final long serialVersionUID = 1;

  /** Under which the coordinator's node keeps its {@link Answerer}. */
  static final String ANSWERER = "finch.answerer";

  private static final byte ANSWER = 0;
  private static final byte PROBLEM = 1;

  private final byte[] request;

  @IgniteInstanceResource private transient @Nullable Ignite ignite;

  RemoteCall(byte[] request) {
    this.request = request;
  }

  @Override
  public byte[] call() {
    try {
      Ignite node = ignite;
      Answerer answerer =
          node == null ? null : (Answerer) node.cluster().nodeLocalMap().get(ANSWERER);
      if (answerer == null) {
        return reply(PROBLEM, bytes("the coordinator is starting or ending"));
      }
      return reply(ANSWER, answerer.answer(request));
    } catch (Throwable e) {
      return reply(PROBLEM, bytes(String.valueOf(e.getMessage())));
    }
  }

  /**
   * The answer in a reply.
   *
   * @throws IOException if it tells of a problem
   */
  static byte[] answer(byte[] reply) throws IOException {
    if (reply.length == 0) {
      throw new IOException("it answered nothing");
    }
    byte[] rest = new byte[reply.length - 1];
    System.arraycopy(reply, 1, rest, 0, rest.length);
    if (reply[0] != ANSWER) {
      throw new IOException(new String(rest, StandardCharsets.UTF_8));
    }
    return rest;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] reply(byte kind, byte[] rest) {
    byte[] reply = new byte[1 + rest.length];
    reply[0] = kind;
    System.arraycopy(rest, 0, reply, 1, rest.length);
    return reply;
  }
}
