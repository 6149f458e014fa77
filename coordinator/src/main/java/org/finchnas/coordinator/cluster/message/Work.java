package org.finchnas.coordinator.cluster.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Set;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.ZeroCostProxy;

/** Something a worker is asked to do. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Work.Train.class, name = "train"),
  @JsonSubTypes.Type(value = Work.Score.class, name = "score")
})
public sealed interface Work {

  /**
   * Names what is to be done: the same in every process and every attempt, and another for anything
   * else.
   */
  String key();

  /**
   * Train a candidate.
   *
   * @param candidate as JSON, the way the run's log writes it
   */
  record Train(String key, String candidate) implements Work {}

  /** Compute zero-cost proxies of a network. */
  record Score(
      String key, String architecture, Fidelity fidelity, long seed, Set<ZeroCostProxy> proxies)
      implements Work {
    public Score {
      proxies = Set.copyOf(proxies);
    }
  }
}
