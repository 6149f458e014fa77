package org.finchnas.coordinator.cluster.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.finchnas.evaluation.slot.SlotMessage;

/**
 * What a worker asks its coordinator. It says {@link Hello}, makes its slots ready, says {@link
 * Ready}, and from then on {@link Beat} at least as often as it is told to.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Request.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = Request.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Request.Beat.class, name = "beat"),
  @JsonSubTypes.Type(value = Request.Report.class, name = "report"),
  @JsonSubTypes.Type(value = Request.Put.class, name = "put"),
  @JsonSubTypes.Type(value = Request.Get.class, name = "get"),
  @JsonSubTypes.Type(value = Request.Leave.class, name = "leave")
})
public sealed interface Request {

  /** Names the worker's process: another one after it was restarted. */
  String worker();

  /** What is there to do? Answered by {@link Reply.Welcome} or {@link Reply.Refused}. */
  record Hello(String worker, Introduction introduction) implements Request {}

  /**
   * The slots are ready. Answered by {@link Reply.Accepted} or {@link Reply.Refused}.
   *
   * @param slots how many
   * @param numericClass what they compute as
   * @param images what they train on
   */
  record Ready(String worker, int slots, String numericClass, SlotMessage.Ready images)
      implements Request {

    private static final int MOST_SLOTS = 1024;

    public Ready {
      numericClass = Text.line(numericClass, Text.LONGEST_CLASS);
      if (slots < 1 || slots > MOST_SLOTS) {
        throw new IllegalArgumentException(
            "A worker has from 1 to %d slots, not %d.".formatted(MOST_SLOTS, slots));
      }
    }
  }

  /**
   * A sign of life, which renews all leases. Answered by {@link Reply.Orders}.
   *
   * @param free slots with nothing to do
   * @param held all that the worker has in hand: what it does not name it does not have
   */
  record Beat(String worker, int free, List<Held> held) implements Request {
    public Beat {
      held = List.copyOf(held);
    }
  }

  /**
   * A result, told again and again until it is answered by {@link Reply.Accepted}. May also be
   * answered by {@link Reply.WantsWeights}, {@link Reply.Later} or {@link Reply.Invalid}.
   *
   * @param run whose coordinator it is for
   * @param weights of the result if they fit into one piece, so that nobody has to ask for them;
   *     else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // it is written and read, never compared
  record Report(String worker, String run, String key, Result result, byte[] weights)
      implements Request {
    public Report {
      Text.requireKey(key);
    }
  }

  /**
   * A piece of a file of weights. Answered by {@link Reply.WantsWeights} with the next offset, or
   * by {@link Reply.Accepted} when the file is whole.
   *
   * @param hash SHA-256 of the whole file, hexadecimal
   * @param size of the whole file in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // it is written and read, never compared
  record Put(String worker, String hash, long offset, long size, byte[] bytes) implements Request {}

  /** Send a piece of a file. Answered by {@link Reply.Piece} or {@link Reply.Missing}. */
  record Get(String worker, FileKind file, String hash, long offset) implements Request {}

  /**
   * The worker goes; whatever it has in hand is free for others.
   *
   * @param reason for people
   * @param failed whether it ends because something went wrong, perhaps with what it has in hand
   */
  record Leave(String worker, String reason, boolean failed) implements Request {

    private static final int LONGEST_REASON = 1000;

    public Leave {
      reason = Text.line(reason, LONGEST_REASON);
    }
  }

  /** Files a worker may ask for, each named by a content hash. */
  enum FileKind {
    /** A network's weights. */
    WEIGHTS,
    /** The decoded images of the search. */
    IMAGES
  }
}
