package org.finchnas.coordinator;

import java.util.List;
import java.util.SplittableRandom;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Objective;

/**
 * What decides a search together with its strategy; frozen at its start.
 *
 * @param seed of the run; every candidate's seed follows from it and the candidate's number
 * @param lag how many candidates may be asked but not yet told, at least 1
 * @param order in which results are told
 * @param constraints hard caps, checked before anything is trained
 * @param objectives what the front is about
 */
public record SearchPlan(
    long seed,
    int lag,
    Order order,
    SearchBudget budget,
    List<Constraint> constraints,
    List<Objective> objectives) {

  /** Weyl constant of SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195). */
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  public SearchPlan {
    constraints = List.copyOf(constraints);
    objectives = List.copyOf(objectives);
    if (lag < 1) {
      throw new IllegalArgumentException(
          "lag (%d) must be at least 1: with 1, each candidate waits for the one before."
              .formatted(lag));
    }
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException(
          "A search needs at least one objective, such as validationAccuracy.");
    }
  }

  /** What a configuration says of it. */
  public static SearchPlan of(SearchConfig config) {
    return new SearchPlan(
        config.seed(),
        config.execution().lag(),
        config.execution().order(),
        config.budget(),
        config.constraints(),
        config.objectives());
  }

  /** The seed of a candidate: a bijective mix of its number within a run. */
  public long candidateSeed(int number) {
    long stream = new SplittableRandom(seed).nextLong();
    return new SplittableRandom(stream + GOLDEN_GAMMA * number).nextLong();
  }
}
