package org.finchnas.coordinator.cluster.worker;

import java.util.Map;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * Says what came of work the way a coordinator wants to be told.
 *
 * @param build version of Finch
 * @param numericClass what the slots compute as
 */
record Results(String build, String numericClass) {

  Result.Evaluated of(Evaluation evaluation) {
    return new Result.Evaluated(EvaluationJson.write(evaluation), build, numericClass);
  }

  /** This machine could not do it. */
  Result.Evaluated failure(Candidate candidate, String reason) {
    return of(new Failed(candidate, FailureReason.MACHINE, reason, null));
  }

  /** A machine's failure instead of a result; null if it is one already. */
  @Nullable Result failure(Result result, String reason) {
    if (result.blamesMachine()) {
      return null;
    }
    return result instanceof Result.Evaluated evaluated
        ? failure(EvaluationJson.evaluation(evaluated.evaluation()).candidate(), reason)
        : new Result.Scored(Map.of(), true);
  }
}
