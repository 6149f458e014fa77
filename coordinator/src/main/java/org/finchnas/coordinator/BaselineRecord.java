package org.finchnas.coordinator;

import java.util.Optional;
import org.finchnas.evaluation.Evaluation;

/** What became of the networks that a search is compared with, by their names. */
public interface BaselineRecord {

  Optional<Evaluation> find(String name);

  /** Durable when it returns. */
  void put(String name, Evaluation evaluation);
}
