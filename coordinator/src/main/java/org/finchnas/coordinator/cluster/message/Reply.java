package org.finchnas.coordinator.cluster.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.finchnas.evaluation.TrainingTask;

/** What a coordinator answers its worker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reply.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Reply.Unknown.class, name = "unknown"),
  @JsonSubTypes.Type(value = Reply.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = Reply.Later.class, name = "later"),
  @JsonSubTypes.Type(value = Reply.Orders.class, name = "orders"),
  @JsonSubTypes.Type(value = Reply.WantsWeights.class, name = "wantsWeights"),
  @JsonSubTypes.Type(value = Reply.Piece.class, name = "piece"),
  @JsonSubTypes.Type(value = Reply.Missing.class, name = "missing"),
  @JsonSubTypes.Type(value = Reply.Invalid.class, name = "invalid")
})
public sealed interface Reply {

  /**
   * What all trainings of the search share.
   *
   * @param run names the run
   * @param task whose directories each worker replaces by its own
   * @param images what is trained on, in each resolution that is
   * @param settings how slots are run
   */
  record Welcome(String run, TrainingTask task, List<Images> images, SlotSettings settings)
      implements Reply {
    public Welcome {
      images = List.copyOf(images);
    }
  }

  /**
   * Images in one resolution.
   *
   * @param size rows and columns
   * @param hash content hash
   */
  record Images(int size, String hash) {}

  /**
   * How a worker runs its slots.
   *
   * @param retries further attempts after a slot was lost
   * @param silenceSeconds how long a slot may say nothing before it counts as hung
   */
  record SlotSettings(int retries, long silenceSeconds) {}

  /**
   * The worker cannot take part, and why.
   *
   * @param reason for people, with the way out
   */
  record Refused(String reason) implements Reply {}

  /** The coordinator does not know this worker (any more): it is to say hello again. */
  record Unknown() implements Reply {}

  /** Done; what was told is safe. */
  record Accepted() implements Reply {}

  /** Not now; ask again. */
  record Later(long millis) implements Reply {}

  /**
   * What to do.
   *
   * @param work at most one for each free slot
   * @param cancel keys of what nobody wants any more
   * @param nextMillis when the next sign of life is due, at the latest
   */
  record Orders(List<Work> work, List<String> cancel, long nextMillis) implements Reply {
    public Orders {
      work = List.copyOf(work);
      cancel = List.copyOf(cancel);
    }
  }

  /** Send the weights that a result names, from this offset on. */
  record WantsWeights(long offset) implements Reply {}

  /**
   * A piece of a file.
   *
   * @param size of the whole file in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // it is written and read, never compared
  record Piece(long size, byte[] bytes) implements Reply {}

  /** There is no such file. */
  record Missing() implements Reply {}

  /**
   * The request makes no sense, and will make none when it is sent again.
   *
   * @param reason for people
   */
  record Invalid(String reason) implements Reply {}
}
