package org.finchnas.coordinator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.RankCorrelation;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.jspecify.annotations.Nullable;

/**
 * What a search did on each rung of fidelity.
 *
 * @param rungs cheapest first
 * @param trainedImages in all trainings that completed, each image as often as it was seen
 * @param agreement how the lowest rung orders what climbed to the highest, compared with that
 */
public record RungSummary(List<Rung> rungs, long trainedImages, Agreement agreement) {

  /**
   * One rung.
   *
   * @param told evaluations of it, with failed ones and duplicates
   * @param completed those that were trained and scored, without duplicates
   */
  public record Rung(Fidelity fidelity, int told, int completed) {}

  /**
   * A rank correlation of validation accuracies.
   *
   * @param count candidates that were evaluated on both
   * @param kendallTau NaN if there are fewer than two of them
   */
  public record Agreement(int count, double kendallTau) {}

  public RungSummary {
    rungs = List.copyOf(rungs);
  }

  /** Of what was told so far. */
  public static RungSummary of(List<ToldEvaluation> told, Rungs rungs) {
    List<Rung> summaries = new ArrayList<>();
    long images = 0;
    for (Fidelity fidelity : rungs.fidelities()) {
      List<Completed> completed = completed(told, fidelity);
      int all = (int) told.stream().filter(each -> isAt(each, fidelity)).count();
      summaries.add(new Rung(fidelity, all, completed.size()));
      images += completed.stream().mapToLong(Completed::trainedImages).sum();
    }
    return new RungSummary(summaries, images, agreement(told, rungs));
  }

  /**
   * The completed evaluations that a front is about, without duplicates: those at the full
   * fidelity, or while there are none those of the highest rung that has any.
   */
  public static List<Completed> highest(List<ToldEvaluation> told, Rungs rungs) {
    for (int i = rungs.count() - 1; i >= 0; i--) {
      List<Completed> found = completed(told, rungs.fidelities().get(i));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static List<Completed> completed(List<ToldEvaluation> told, Fidelity fidelity) {
    return told.stream()
        .filter(each -> each.duplicateOf() == null && isAt(each, fidelity))
        .map(ToldEvaluation::evaluation)
        .filter(Completed.class::isInstance)
        .map(Completed.class::cast)
        .toList();
  }

  private static boolean isAt(ToldEvaluation told, Fidelity fidelity) {
    return told.evaluation().candidate().fidelity().equals(fidelity);
  }

  private static Agreement agreement(List<ToldEvaluation> told, Rungs rungs) {
    Map<Integer, Completed> byNumber = new HashMap<>();
    told.forEach(
        each -> {
          if (each.evaluation() instanceof Completed completed) {
            byNumber.put(each.number(), completed);
          }
        });
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (Completed top : completed(told, rungs.full())) {
      Completed first = first(top, byNumber);
      if (first != null && first.candidate().fidelity().equals(rungs.fidelities().get(0))) {
        low.add(first.score(Objective.VALIDATION_ACCURACY));
        high.add(top.score(Objective.VALIDATION_ACCURACY));
      }
    }
    // With one rung a candidate would be compared with itself.
    return rungs.count() == 1
        ? new Agreement(0, Double.NaN)
        : new Agreement(low.size(), RankCorrelation.kendallTau(low, high));
  }

  /** Where a candidate began to climb. */
  private static @Nullable Completed first(Completed top, Map<Integer, Completed> byNumber) {
    Completed at = top;
    while (at != null) {
      Start start = at.candidate().start();
      if (start == null || start.kind() != Start.Kind.CONTINUED) {
        return at;
      }
      at = byNumber.get(start.number());
    }
    return null;
  }
}
