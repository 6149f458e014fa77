package org.finchnas.coordinator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.Proposal;
import org.finchnas.evolution.SearchStrategy;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.Stem;
import org.jspecify.annotations.Nullable;

/** A tiny search: architectures that differ in two numbers, and a made-up accuracy. */
public final class Toy {

  public static final Fidelity FIDELITY = new Fidelity(2, 0, 0);

  private Toy() {}

  public static Architecture architecture(int cellsPerStack, int initialFilters) {
    Cell cell =
        new Cell(List.of(new Block(0, Operation.IDENTITY, 1, Operation.IDENTITY)), List.of(2));
    return new Architecture(cell, cell, new Macro(cellsPerStack, initialFilters, Stem.CIFAR, 32));
  }

  /** Costs that grow with the architecture, without assembling it. */
  public static CostModel costs() {
    return architecture ->
        Map.of(
            Objective.PARAMS.name(),
            1000.0 * architecture.macro().cellsPerStack() * architecture.macro().initialFilters());
  }

  /** In [0, 1), decided by what is trained and the seed. */
  public static double accuracy(Candidate candidate) {
    Macro macro = candidate.architecture().macro();
    long mixed =
        candidate.seed() * 31 + macro.cellsPerStack() * 7919L + macro.initialFilters() * 104729L;
    return new Random(mixed).nextDouble();
  }

  /** What a training without accidents ends in; about one in ten diverges. */
  public static Evaluation outcome(Candidate candidate, @Nullable Execution execution) {
    double accuracy = accuracy(candidate);
    if (accuracy < 0.1) {
      return new Failed(
          candidate, FailureReason.DIVERGED, "loss NaN at step " + candidate.number(), execution);
    }
    return new Completed(
        candidate,
        Map.of(Objective.VALIDATION_ACCURACY.name(), accuracy),
        List.of(new Epoch(2.3, accuracy / 2), new Epoch(1.9, accuracy)),
        "%064x".formatted(candidate.seed()),
        100,
        candidate.start() == null ? 0 : 0.5,
        execution);
  }

  /**
   * Sensitive to order: parents are the best of the last ten told, generations optional.
   *
   * @param generation how many are asked before all of them must be told; 0 for no generations
   */
  public static SearchStrategy strategy(long seed, int generation) {
    return new Strategy(seed, generation);
  }

  private static final class Strategy implements SearchStrategy {

    private final Random random;
    private final int generation;
    private final Deque<Completed> recent = new ArrayDeque<>();
    private final List<Evaluation> told = new ArrayList<>();
    private final List<Proposal> asked = new ArrayList<>();

    Strategy(long seed, int generation) {
      this.random = new Random(seed);
      this.generation = generation;
    }

    @Override
    public Optional<Proposal> ask() {
      if (generation > 0 && asked.size() % generation == 0 && told.size() < asked.size()) {
        return Optional.empty();
      }
      Completed parent =
          recent.stream()
              .max(Comparator.comparingDouble(e -> e.score(Objective.VALIDATION_ACCURACY)))
              .orElse(null);
      Proposal proposal = new Proposal(child(parent), FIDELITY, number(parent), null);
      asked.add(proposal);
      return Optional.of(proposal);
    }

    private Architecture child(@Nullable Completed parent) {
      if (parent == null || random.nextInt(4) == 0) {
        return architecture(1 + random.nextInt(6), 4 * (1 + random.nextInt(20)));
      }
      Macro macro = parent.candidate().architecture().macro();
      return architecture(1 + random.nextInt(6), macro.initialFilters());
    }

    private static @Nullable Integer number(@Nullable Completed parent) {
      return parent == null ? null : parent.candidate().number();
    }

    @Override
    public void tell(Evaluation evaluation) {
      told.add(evaluation);
      if (evaluation instanceof Completed completed) {
        recent.addLast(completed);
      }
      if (recent.size() > 10) {
        recent.removeFirst();
      }
    }
  }
}
