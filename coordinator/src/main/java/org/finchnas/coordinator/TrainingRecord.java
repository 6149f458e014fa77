package org.finchnas.coordinator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.evaluation.Evaluation;

/** What became of networks that were trained beside a search, by their names. */
public interface TrainingRecord {

  Optional<Evaluation> find(String name);

  /** Those of the given names that there are, in that order. */
  default Map<String, Evaluation> all(List<String> names) {
    Map<String, Evaluation> found = new LinkedHashMap<>();
    names.forEach(name -> find(name).ifPresent(evaluation -> found.put(name, evaluation)));
    return found;
  }

  /** Where it is kept; who deletes that has it trained again. */
  String place(String name);

  /** Durable when it returns. */
  void put(String name, Evaluation evaluation);
}
