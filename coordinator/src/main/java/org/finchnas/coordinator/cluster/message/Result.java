package org.finchnas.coordinator.cluster.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Optional;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ZeroCostProxy;

/** What came of a piece of work. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Result.Evaluated.class, name = "evaluated"),
  @JsonSubTypes.Type(value = Result.Scored.class, name = "scored")
})
public sealed interface Result {

  /** Content hash of the file of weights that belongs to it, if one does. */
  Optional<String> weights();

  /** Whether a machine is the reason that it says nothing. */
  boolean blamesMachine();

  /**
   * A training ended, well or not.
   *
   * @param evaluation as JSON, the way the run's log writes it
   * @param build version of Finch that trained it
   * @param numericClass what it was computed as
   */
  record Evaluated(String evaluation, String build, String numericClass) implements Result {

    public Evaluated {
      numericClass = Text.line(numericClass, Text.LONGEST_CLASS);
    }

    @Override
    public Optional<String> weights() {
      return EvaluationJson.evaluation(evaluation) instanceof Completed completed
          ? Optional.of(completed.weights())
          : Optional.empty();
    }

    @Override
    public boolean blamesMachine() {
      return EvaluationJson.evaluation(evaluation) instanceof Failed failed
          && (failed.reason() == FailureReason.MACHINE || failed.reason() == FailureReason.MEMORY);
    }
  }

  /**
   * Proxies were computed.
   *
   * @param lost whether a machine is the reason that there are none
   */
  record Scored(Map<ZeroCostProxy, Double> values, boolean lost) implements Result {
    public Scored {
      values = Map.copyOf(values);
    }

    @Override
    public Optional<String> weights() {
      return Optional.empty();
    }

    @Override
    public boolean blamesMachine() {
      return lost;
    }
  }
}
