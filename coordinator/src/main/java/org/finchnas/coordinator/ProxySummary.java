package org.finchnas.coordinator;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.RankCorrelation;
import org.finchnas.evaluation.ZeroCostProxy;

/**
 * How well each zero-cost proxy foretold what training at the full fidelity said.
 *
 * @param agreements of the proxies that are known of two candidates or more
 */
public record ProxySummary(List<Agreement> agreements) {

  /**
   * One proxy's.
   *
   * @param kendallTau rank correlation with the validation accuracy, in [-1, 1]; NaN where one of
   *     them is the same for all
   * @param count candidates it is of
   */
  public record Agreement(ZeroCostProxy proxy, double kendallTau, int count) {}

  public ProxySummary {
    agreements = List.copyOf(agreements);
  }

  /** Duplicates count once. */
  public static ProxySummary of(List<ToldEvaluation> told, Fidelity full) {
    List<Completed> completed = completed(told, full);
    List<Agreement> agreements = new ArrayList<>();
    for (ZeroCostProxy proxy : ZeroCostProxy.values()) {
      Agreement agreement = agreement(proxy, completed);
      if (agreement.count() > 1) {
        agreements.add(agreement);
      }
    }
    return new ProxySummary(agreements);
  }

  private static List<Completed> completed(List<ToldEvaluation> told, Fidelity full) {
    return told.stream()
        .filter(each -> each.duplicateOf() == null)
        .map(ToldEvaluation::evaluation)
        .filter(Completed.class::isInstance)
        .map(Completed.class::cast)
        .filter(each -> each.candidate().fidelity().equals(full))
        .toList();
  }

  private static Agreement agreement(ZeroCostProxy proxy, List<Completed> completed) {
    List<Completed> known =
        completed.stream().filter(each -> each.scores().containsKey(proxy.token())).toList();
    List<Double> foretold =
        known.stream().map(each -> each.scores().getOrDefault(proxy.token(), Double.NaN)).toList();
    List<Double> said =
        known.stream().map(each -> each.score(Objective.VALIDATION_ACCURACY)).toList();
    return new Agreement(proxy, RankCorrelation.kendallTau(foretold, said), known.size());
  }
}
