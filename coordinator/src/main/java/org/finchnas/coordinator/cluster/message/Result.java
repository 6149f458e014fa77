package org.finchnas.coordinator.cluster.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Optional;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Evaluation.Completed;
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

  /**
   * A training ended, well or not.
   *
   * @param evaluation as JSON, the way the run's log writes it
   */
  record Evaluated(String evaluation) implements Result {

    @Override
    public Optional<String> weights() {
      return EvaluationJson.evaluation(evaluation) instanceof Completed completed
          ? Optional.of(completed.weights())
          : Optional.empty();
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
  }
}
