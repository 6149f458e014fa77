package org.finchnas.evaluation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of a candidate. */
public sealed interface Evaluation {

  Candidate candidate();

  /** Where and when, or null for a duplicate that was told its twin's result. */
  @Nullable Execution execution();

  /** The same, with what it was computed as; without where and when there is nowhere to say it. */
  Evaluation computedAs(String numericClass);

  /**
   * It was trained.
   *
   * @param scores by the objective's name; a trainer gives the validation accuracy, the search adds
   *     what is known without training
   * @param learningCurve one entry for each epoch of this training; that of a continued candidate
   *     goes on where the curve of the one it starts from ends
   * @param weights content hash (SHA-256, hexadecimal) of the file that holds its weights
   * @param trainedImages images this training saw, each as often as it did; 0 if not known
   * @param inheritedShare of its params, taken from the weights it started from, in [0, 1]
   */
  record Completed(
      Candidate candidate,
      Map<String, Double> scores,
      List<Epoch> learningCurve,
      String weights,
      long trainedImages,
      double inheritedShare,
      @Nullable Execution execution)
      implements Evaluation {

    public Completed {
      scores = Map.copyOf(scores);
      learningCurve = List.copyOf(learningCurve);
      if (trainedImages < 0 || !(inheritedShare >= 0 && inheritedShare <= 1)) {
        throw new IllegalArgumentException(
            "trainedImages (%d) must be 0 or more, inheritedShare (%s) in [0, 1]."
                .formatted(trainedImages, inheritedShare));
      }
    }

    /**
     * @throws IllegalArgumentException if it was not scored on that objective
     */
    public double score(Objective objective) {
      Double score = scores.get(objective.name());
      if (score == null) {
        throw new IllegalArgumentException(
            "Candidate %d has no score for %s, only %s."
                .formatted(candidate.number(), objective, scores.keySet()));
      }
      return score;
    }

    /** The same with further scores. */
    public Completed with(Map<String, Double> more) {
      Map<String, Double> all = new TreeMap<>(scores);
      all.putAll(more);
      return new Completed(
          candidate, all, learningCurve, weights, trainedImages, inheritedShare, execution);
    }

    @Override
    public Completed computedAs(String numericClass) {
      Execution labelled = execution == null ? null : execution.computedAs(numericClass);
      return new Completed(
          candidate, scores, learningCurve, weights, trainedImages, inheritedShare, labelled);
    }

    /** The same result for a candidate that needs no training of its own. */
    public Completed copiedTo(Candidate duplicate) {
      return new Completed(
          duplicate, scores, learningCurve, weights, trainedImages, inheritedShare, null);
    }
  }

  /** It has no accuracy, and that is a result the search learns from. */
  record Failed(
      Candidate candidate, FailureReason reason, String message, @Nullable Execution execution)
      implements Evaluation {

    @Override
    public Failed computedAs(String numericClass) {
      Execution labelled = execution == null ? null : execution.computedAs(numericClass);
      return new Failed(candidate, reason, message, labelled);
    }
  }
}
