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

  /**
   * It was trained.
   *
   * @param scores by the objective's name; a trainer gives the validation accuracy, the search adds
   *     what is known without training
   * @param learningCurve one entry an epoch
   * @param weights content hash (SHA-256, hexadecimal) of the file that holds its weights
   */
  record Completed(
      Candidate candidate,
      Map<String, Double> scores,
      List<Epoch> learningCurve,
      String weights,
      @Nullable Execution execution)
      implements Evaluation {

    public Completed {
      scores = Map.copyOf(scores);
      learningCurve = List.copyOf(learningCurve);
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
      return new Completed(candidate, all, learningCurve, weights, execution);
    }
  }

  /** It has no accuracy, and that is a result the search learns from. */
  record Failed(
      Candidate candidate, FailureReason reason, String message, @Nullable Execution execution)
      implements Evaluation {}
}
