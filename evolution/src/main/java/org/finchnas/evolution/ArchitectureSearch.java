package org.finchnas.evolution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.evolution.algorithm.SuccessiveHalving;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/** Successive halving at work on architectures: says where each training begins. */
final class ArchitectureSearch implements SearchStrategy {

  private final SuccessiveHalving<Architecture> halving;
  private final Supplier<Map<String, Integer>> rejected;
  private final List<Objective> objectives;
  private final Rungs rungs;
  private final boolean inheritWeights;
  private final @Nullable Reward reward;
  private final Map<Integer, Completed> completed = new HashMap<>();
  // By the number that an individual began with, its result on the highest rung it has reached.
  private final Map<Integer, Completed> highest = new HashMap<>();
  // By the content hash of weights, the architecture they were trained in.
  private final Map<String, Architecture> trainedIn = new HashMap<>();

  /**
   * @param rejected what was drawn and not proposed, by reason
   * @param inheritWeights whether a child starts from the weights of its parent
   * @param reward what takes the objectives' place, or null
   */
  ArchitectureSearch(
      SuccessiveHalving<Architecture> halving,
      Supplier<Map<String, Integer>> rejected,
      List<Objective> objectives,
      Rungs rungs,
      boolean inheritWeights,
      @Nullable Reward reward) {
    this.rejected = rejected;
    this.reward = reward;
    this.halving = halving;
    this.objectives = List.copyOf(objectives);
    this.rungs = rungs;
    this.inheritWeights = inheritWeights;
  }

  @Override
  public Optional<Proposal> ask() {
    return halving.ask().map(job -> job.promotes() == null ? child(job) : promotion(job));
  }

  private Proposal child(SuccessiveHalving.Job<Architecture> job) {
    Completed parent = inheritWeights ? highest.get(job.parent()) : null;
    return new Proposal(
        job.architecture(),
        rungs.fidelities().get(job.rung()),
        job.parent(),
        parent == null ? null : Start.inherited(parent));
  }

  private Proposal promotion(SuccessiveHalving.Job<Architecture> job) {
    Completed before = completed.get(job.promotes());
    if (before == null) {
      throw new IllegalStateException("%d is promoted without a result.".formatted(job.promotes()));
    }
    return new Proposal(
        job.architecture(),
        rungs.fidelities().get(job.rung()),
        before.candidate().parent(),
        Start.continued(before));
  }

  @Override
  public Map<String, Integer> rejected() {
    return rejected.get();
  }

  @Override
  public void tell(Evaluation evaluation) {
    if (!saysSomethingOfTheArchitecture(evaluation)) {
      halving.lost(promotes(evaluation.candidate()));
      return;
    }
    Candidate candidate = evaluation.candidate();
    List<Double> scores = scores(evaluation);
    halving.tell(
        new Individual<>(candidate.number(), trainedArchitecture(evaluation), scores),
        rungs.indexOf(candidate.fidelity()),
        promotes(candidate),
        evaluation instanceof Completed done ? done.weights() : "");
    if (evaluation instanceof Completed done && !scores.isEmpty()) {
      completed.put(candidate.number(), done);
      highest.put(halving.origin(candidate.number()), done);
    }
  }

  /**
   * A duplicate breeds as the twin it was told the result of: weights are named by the blocks of
   * the architecture they were trained in, and a child is to inherit what plays the same role.
   */
  private Architecture trainedArchitecture(Evaluation evaluation) {
    Architecture own = evaluation.candidate().architecture();
    return evaluation instanceof Completed done
        ? trainedIn.computeIfAbsent(done.weights(), weights -> own)
        : own;
  }

  private static @Nullable Integer promotes(Candidate candidate) {
    Start start = candidate.start();
    return start != null && start.kind() == Start.Kind.CONTINUED ? start.number() : null;
  }

  private static boolean saysSomethingOfTheArchitecture(Evaluation evaluation) {
    return !(evaluation instanceof Evaluation.Failed failed
        && failed.reason() == FailureReason.MACHINE);
  }

  private List<Double> scores(Evaluation evaluation) {
    if (!(evaluation instanceof Completed done)) {
      return List.of();
    }
    List<Double> scores =
        reward == null ? objectives.stream().map(done::score).toList() : List.of(reward.of(done));
    // A score that is not a number comes of a divergence that training did not notice.
    return scores.stream().anyMatch(score -> score.isNaN()) ? List.of() : scores;
  }
}
