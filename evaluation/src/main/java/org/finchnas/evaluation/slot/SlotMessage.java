package org.finchnas.evaluation.slot;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.jspecify.annotations.Nullable;

/**
 * What a slot process and its owner say to each other. The slot speaks first ({@link Hello}); the
 * owner answers {@link Prepare}, is told {@link Ready}, then sends one {@link Train} or {@link
 * Score} at a time. To the one it is told any number of {@link Progress} and one {@link Trained} or
 * {@link Refused}, to the other one {@link Scored} or {@link Refused}. {@link Stop} or the end of
 * its input ends the slot.
 */
public sealed interface SlotMessage {

  /**
   * From the slot.
   *
   * @param numericClass what the slot computes with, and a fingerprint of how: equal classes give
   *     equal weights
   */
  record Hello(int protocol, long process, String numericClass) implements SlotMessage {}

  /** To the slot, once. */
  record Prepare(TrainingTask task) implements SlotMessage {}

  /** From the slot: the data set is there. */
  record Ready(
      String dataHash, int channels, List<String> labels, int trainImages, int validationImages)
      implements SlotMessage {
    public Ready {
      labels = List.copyOf(labels);
    }
  }

  /**
   * From the slot, instead of {@link Ready} or of an answer to {@link Train}: it cannot work at
   * all, or no more (a full disk), and why.
   */
  record Unable(String message) implements SlotMessage {}

  /**
   * To the slot.
   *
   * @param design what {@link org.finchnas.searchspace.Blueprint} takes
   * @param start weights of the task's weights directory to begin with, or null for fresh ones
   */
  record Train(int number, String design, Fidelity fidelity, long seed, @Nullable Start start)
      implements SlotMessage {

    /** What a slot is told of a candidate. */
    public static Train of(Candidate candidate) {
      return new Train(
          candidate.number(),
          candidate.design().notation(),
          candidate.fidelity(),
          candidate.seed(),
          candidate.start());
    }
  }

  /**
   * To the slot, like {@link Train}: compute zero-cost proxies of a fresh network.
   *
   * @param number told back in the answer; has nothing to do with candidates
   */
  record Score(int number, String design, Fidelity fidelity, long seed, Set<ZeroCostProxy> proxies)
      implements SlotMessage {
    public Score {
      proxies = Set.copyOf(proxies);
    }
  }

  /** From the slot: the proxies that came out as numbers. */
  record Scored(int number, Map<ZeroCostProxy, Double> values) implements SlotMessage {
    public Scored {
      values = Map.copyOf(values);
    }
  }

  /** From the slot, after each epoch. */
  record Progress(int number, int epochs, Epoch last) implements SlotMessage {}

  /**
   * From the slot, when the weights are on disk.
   *
   * @param weights content hash of the file in the task's weights directory
   * @param trainedImages images seen, each as often as it was
   * @param inheritedShare of the params, taken from the start, in [0, 1]
   */
  record Trained(
      int number,
      double validationAccuracy,
      List<Epoch> learningCurve,
      String weights,
      long trainedImages,
      double inheritedShare)
      implements SlotMessage {
    public Trained {
      learningCurve = List.copyOf(learningCurve);
    }

    /** The same as an evaluation. */
    public Evaluation.Completed evaluation(Candidate candidate, Execution execution) {
      return new Evaluation.Completed(
          candidate,
          Map.of(Objective.VALIDATION_ACCURACY.name(), validationAccuracy),
          learningCurve,
          weights,
          trainedImages,
          inheritedShare,
          execution);
    }
  }

  /** From the slot: the candidate failed, the slot goes on. */
  record Refused(int number, FailureReason reason, String message) implements SlotMessage {}

  /** To the slot: end. */
  record Stop() implements SlotMessage {}
}
