package org.finchnas.evolution;

import java.util.List;
import java.util.Optional;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.Algorithm;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.searchspace.Architecture;

/** An algorithm at work on architectures that are all trained alike. */
final class ArchitectureSearch implements SearchStrategy {

  private final Algorithm<Architecture> algorithm;
  private final List<Objective> objectives;
  private final Fidelity fidelity;

  ArchitectureSearch(
      Algorithm<Architecture> algorithm, List<Objective> objectives, Fidelity fidelity) {
    this.algorithm = algorithm;
    this.objectives = List.copyOf(objectives);
    this.fidelity = fidelity;
  }

  @Override
  public Optional<Proposal> ask() {
    return algorithm
        .ask()
        .map(child -> new Proposal(child.architecture(), fidelity, child.parent()));
  }

  @Override
  public void tell(Evaluation evaluation) {
    if (saysSomethingOfTheArchitecture(evaluation)) {
      algorithm.tell(
          new Individual<>(
              evaluation.candidate().number(),
              evaluation.candidate().architecture(),
              scores(evaluation)));
    }
  }

  private static boolean saysSomethingOfTheArchitecture(Evaluation evaluation) {
    return !(evaluation instanceof Evaluation.Failed failed
        && failed.reason() == FailureReason.MACHINE);
  }

  private List<Double> scores(Evaluation evaluation) {
    if (!(evaluation instanceof Evaluation.Completed completed)) {
      return List.of();
    }
    List<Double> scores = objectives.stream().map(completed::score).toList();
    // A score that is not a number comes of a divergence that training did not notice.
    return scores.stream().anyMatch(score -> score.isNaN()) ? List.of() : scores;
  }
}
