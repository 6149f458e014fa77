package org.finchnas.coordinator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;

/**
 * What a search found.
 *
 * @param end why it returned
 * @param history all that was told, in order, before and after a resume
 * @param rejected what was drawn or proposed and never became a candidate, by reason
 */
public record SearchResult(
    End end,
    List<ToldEvaluation> history,
    Map<String, Integer> rejected,
    List<Objective> objectives) {

  /** Why a search returned. */
  public enum End {
    /** Its budget of evaluations or of time is spent. */
    BUDGET,
    /** The front stood still for as long as the budget allows. */
    STAGNATION,
    /** It was told to stop, and can be resumed. */
    STOPPED
  }

  public SearchResult {
    history = List.copyOf(history);
    rejected = Map.copyOf(rejected);
    objectives = List.copyOf(objectives);
  }

  public int evaluations() {
    return history.size();
  }

  public int duplicates() {
    return (int) history.stream().filter(told -> told.duplicateOf() != null).count();
  }

  /** Failed candidates by reason. */
  public Map<FailureReason, Integer> failed() {
    Map<FailureReason, Integer> counts = new EnumMap<>(FailureReason.class);
    for (ToldEvaluation told : history) {
      if (told.evaluation() instanceof Failed failed) {
        counts.merge(failed.reason(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
