package org.finchnas.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.finchnas.coordinator.SideTrainings;
import org.finchnas.coordinator.TrainingRecord;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;

/** Trains networks beside a search and tells of each: what it is compared with, or its best. */
final class SideStage {

  private final TrainingRecord record;
  private final UnaryOperator<String> title;
  private final String resume;
  private final Output output;

  /** What no machine could train this time, which the run keeps no record of. */
  private final Map<String, Evaluation> untrained = new ConcurrentHashMap<>();

  /**
   * @param title what people call a network that is recorded under a name
   * @param resume the command that goes on with the run
   */
  SideStage(TrainingRecord record, UnaryOperator<String> title, String resume, Output output) {
    this.record = record;
    this.title = title;
    this.resume = resume;
    this.output = output;
  }

  /** Those that are still to be trained, as people call them. */
  List<String> missing(Map<String, Candidate> candidates) {
    return candidates.keySet().stream()
        .filter(name -> record.find(name).isEmpty())
        .map(title)
        .toList();
  }

  /** Whether all were trained, and it was not stopped before. */
  boolean run(
      SideTrainings trainings, Map<String, Candidate> candidates, Interruption interruption) {
    interruption.nowStops(trainings::stop);
    return trainings.run(candidates, this::say);
  }

  Map<String, Evaluation> untrained() {
    return Map.copyOf(untrained);
  }

  private void say(String name, Evaluation evaluation) {
    if (evaluation instanceof Evaluation.Completed completed) {
      double accuracy = completed.score(Objective.VALIDATION_ACCURACY);
      output.say("  %s: %s", title.apply(name), Quantity.percent(accuracy));
    } else if (evaluation instanceof Evaluation.Failed failed) {
      if (failed.reason() == FailureReason.MACHINE) {
        untrained.put(name, failed);
      }
      output.warn(
          "%s failed (%s): %s %s",
          title.apply(name), failed.reason(), failed.message(), wayOut(name));
    }
  }

  private String wayOut(String name) {
    return untrained.containsKey(name)
        ? "It is tried again when the run is resumed: " + resume
        : "To try again, delete %s and resume the run.".formatted(record.place(name));
  }
}
