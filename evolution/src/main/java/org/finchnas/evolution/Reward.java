package org.finchnas.evolution;

import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;

/**
 * One number for accuracy and a cost, accuracy × (cost / target)^exponent: Tan et al., "MnasNet",
 * arXiv 1807.11626, section 3.
 *
 * @param cost what is known without training
 * @param target of it, above 0
 * @param exponent 0 or less (paper: w, there -0.07 for latency)
 */
public record Reward(Objective cost, double target, double exponent) {

  public static final double PUBLISHED_EXPONENT = -0.07;

  /** What a search is for that follows a reward. */
  public static final Objective OBJECTIVE = new Objective("reward", Direction.MAXIMIZE, "");

  public Reward {
    if (!(target > 0) || !(exponent <= 0) || cost.direction() != Direction.MINIMIZE) {
      throw new IllegalArgumentException(
          "A reward weighs a cost (%s) against a target (%s) above 0 with an exponent (%s) of 0 or less."
              .formatted(cost, target, exponent));
    }
  }

  /** Of an evaluation that is scored on accuracy and cost. */
  double of(Completed evaluation) {
    return evaluation.score(Objective.VALIDATION_ACCURACY)
        * Math.pow(evaluation.score(cost) / target, exponent);
  }
}
