package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.Shape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search loop relies on in every strategy. */
abstract class SearchStrategyContract {

  static final Fidelity FIDELITY = new Fidelity(2, 0, 0);
  static final CellSearchSpace SPACE =
      new CellSearchSpace(
          OperationSet.AMOEBANET.operations(), 3, List.of(1, 2), List.of(4, 8), Stem.CIFAR, 16);

  private static final int EVALUATIONS = 60;
  private static final Shape IMAGE = new Shape(3, 16, 16);

  /** Stands in for counting, which would take most of the tests' time. */
  static final CostModel COSTS =
      architecture -> {
        Macro macro = architecture.macro();
        double width = macro.initialFilters() * macro.initialFilters();
        return Map.of("params", width * macro.cellsPerStack());
      };

  private static final List<Constraint> CONSTRAINTS = List.of(new Constraint(Objective.PARAMS, 64));

  abstract StrategySettings settings();

  @Nullable BatchChoice choice() {
    return null;
  }

  Rungs rungs() {
    return Rungs.only(FIDELITY);
  }

  final SearchStrategy create(long seed) {
    return create(seed, CONSTRAINTS);
  }

  final SearchStrategy create(long seed, List<Constraint> constraints) {
    return SearchStrategies.create(settings(), problem(constraints), rungs(), seed, choice());
  }

  static SearchProblem problem(List<Constraint> constraints) {
    return new SearchProblem(
        SPACE, COSTS, constraints, List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS));
  }

  /** A search as the loop runs it: candidate i is asked after 0 … i - lag have been told. */
  static final class Search {

    final SearchStrategy strategy;
    final List<Candidate> asked = new ArrayList<>();
    // By candidate, how many were told when it was asked.
    final List<Integer> toldBefore = new ArrayList<>();
    private int told;

    Search(SearchStrategy strategy) {
      this.strategy = strategy;
    }

    Search run(int evaluations, int lag) {
      while (asked.size() < evaluations) {
        Optional<Proposal> proposal = asked.size() - told < lag ? admitted() : Optional.empty();
        proposal.ifPresentOrElse(this::number, this::tellNext);
      }
      return this;
    }

    private Optional<Proposal> admitted() {
      for (int i = 0; i < 1000; i++) {
        Optional<Proposal> proposal = strategy.ask();
        if (proposal.isEmpty() || isAllowed(proposal.get().architecture())) {
          return proposal;
        }
      }
      throw new AssertionError("None of 1000 proposals keeps the constraints.");
    }

    private void number(Proposal proposal) {
      toldBefore.add(told);
      asked.add(
          new Candidate(
              asked.size(),
              proposal.architecture(),
              proposal.fidelity(),
              1,
              proposal.parent(),
              proposal.start()));
    }

    private void tellNext() {
      assertThat(told)
          .as("a strategy that waits must have something to wait for")
          .isLessThan(asked.size());
      strategy.tell(outcome(asked.get(told++)));
    }
  }

  private static boolean isAllowed(Architecture architecture) {
    Map<String, Double> costs = COSTS.costs(architecture);
    return CONSTRAINTS.stream()
        .allMatch(c -> c.violation(Objects.requireNonNull(costs.get(c.objective().name()))) == 0);
  }

  /** As arbitrary as a training's, and a function of the architecture; a quarter fails. */
  static Evaluation outcome(Candidate candidate) {
    int hash = candidate.architecture().id().hex().hashCode() & 0xffff;
    if (hash % 8 < 2) {
      FailureReason reason = hash % 8 == 0 ? FailureReason.DIVERGED : FailureReason.MACHINE;
      return new Evaluation.Failed(candidate, reason, "made to fail", null);
    }
    Map<String, Double> scores = Map.of("validationAccuracy", hash / 65536.0);
    return new Evaluation.Completed(
            candidate, scores, List.of(), "%064x".formatted(candidate.number()), 100, 0, null)
        .with(COSTS.costs(candidate.architecture()));
  }

  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 4, 16})
  void proposesValidArchitectures(int lag) {
    for (Candidate candidate : new Search(create(1)).run(EVALUATIONS, lag).asked) {
      Architecture architecture = candidate.architecture();
      assertThat(SPACE.decode(SPACE.encode(architecture))).isEqualTo(architecture);
      assertThat(architecture.assemble(IMAGE, 10).classes()).isEqualTo(10);
      assertThat(candidate.fidelity()).isIn(rungs().fidelities());
    }
  }

  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 4, 16})
  void namesAParentThatWasToldBefore(int lag) {
    Search search = new Search(create(2)).run(EVALUATIONS, lag);
    for (Candidate candidate : search.asked) {
      Integer parent = candidate.parent();
      if (parent != null) {
        assertThat(parent).isBetween(0, search.toldBefore.get(candidate.number()) - 1);
      }
    }
  }

  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 4, 16})
  void equalSeedsAndOutcomesGiveEqualProposals(int lag) {
    assertThat(new Search(create(3)).run(EVALUATIONS, lag).asked)
        .isEqualTo(new Search(create(3)).run(EVALUATIONS, lag).asked);
  }

  @Test
  void anotherSeedGivesOtherProposals() {
    assertThat(new Search(create(4)).run(EVALUATIONS, 1).asked)
        .isNotEqualTo(new Search(create(5)).run(EVALUATIONS, 1).asked);
  }

  @ParameterizedTest(name = "after {0}")
  @ValueSource(ints = {0, 1, 7, 20, 59})
  void aReplayedPrefixContinuesAsIfNothingHadHappened(int prefix) {
    List<Candidate> whole = new Search(create(6)).run(EVALUATIONS, 4).asked;
    Search resumed = new Search(create(6)).run(prefix, 4);
    assertThat(resumed.run(EVALUATIONS, 4).asked).isEqualTo(whole);
  }

  @Test
  void theThreadThatAsksDoesNotMatter() {
    List<Candidate> here = new Search(create(7)).run(EVALUATIONS, 4).asked;
    Search elsewhere = new Search(create(7));
    var threads = Executors.newFixedThreadPool(2);
    try {
      for (int count = 1; count <= EVALUATIONS; count++) {
        int upTo = count;
        CompletableFuture.runAsync(() -> elsewhere.run(upTo, 4), threads).join();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(elsewhere.asked).isEqualTo(here);
  }

  /** What two caps admit that one of some thousands of random architectures keeps together. */
  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 8})
  void meetsSeveralTightCaps(int lag) {
    CostModel costs =
        architecture ->
            Map.of(
                "params", 1.0 + operationsOtherThanTheFirst(architecture.normal()),
                "macs", 1.0 + operationsOtherThanTheFirst(architecture.reduction()));
    List<Constraint> caps =
        List.of(new Constraint(Objective.PARAMS, 3), new Constraint(Objective.MACS, 4));
    SearchStrategy strategy =
        SearchStrategies.create(
            settings(),
            new SearchProblem(SPACE, costs, caps, List.of(Objective.VALIDATION_ACCURACY)),
            rungs(),
            11,
            choice());
    ArrayDeque<Candidate> asked = new ArrayDeque<>();
    int proposed = 0;
    int kept = 0;
    while (kept < 40) {
      Optional<Proposal> proposal = asked.size() < lag ? strategy.ask() : Optional.empty();
      if (proposal.isEmpty()) {
        strategy.tell(outcome(asked.remove()));
        continue;
      }
      proposed++;
      Architecture architecture = proposal.get().architecture();
      if (caps.stream()
          .allMatch(
              c ->
                  c.violation(
                          Objects.requireNonNull(
                              costs.costs(architecture).get(c.objective().name())))
                      == 0)) {
        asked.add(
            new Candidate(
                kept++,
                architecture,
                proposal.get().fidelity(),
                1,
                proposal.get().parent(),
                proposal.get().start()));
      }
    }
    assertThat(proposed).isLessThan(80);
    assertThat(strategy.rejected().keySet()).isSubsetOf("params", "macs").isNotEmpty();
  }

  private static int operationsOtherThanTheFirst(Cell cell) {
    Operation first = OperationSet.AMOEBANET.operations().get(0);
    return (int)
        cell.blocks().stream()
            .flatMap(block -> Stream.of(block.leftOperation(), block.rightOperation()))
            .filter(operation -> !operation.equals(first))
            .count();
  }

  @Test
  void survivesASearchInWhichEverythingFails() {
    SearchStrategy strategy = create(8);
    for (int i = 0; i < EVALUATIONS; i++) {
      Proposal proposal = strategy.ask().orElseThrow();
      Candidate candidate =
          new Candidate(
              i,
              proposal.architecture(),
              proposal.fidelity(),
              1,
              proposal.parent(),
              proposal.start());
      FailureReason reason = i % 2 == 0 ? FailureReason.DIVERGED : FailureReason.MACHINE;
      strategy.tell(new Evaluation.Failed(candidate, reason, "made to fail", null));
    }
  }

  @Test
  void takesAScoreThatIsNoNumberForAFailure() {
    SearchStrategy strategy = create(9);
    for (int i = 0; i < EVALUATIONS; i++) {
      Proposal proposal = strategy.ask().orElseThrow();
      Candidate candidate =
          new Candidate(
              i,
              proposal.architecture(),
              proposal.fidelity(),
              1,
              proposal.parent(),
              proposal.start());
      Map<String, Double> scores = Map.of("validationAccuracy", Double.NaN, "params", 1.0);
      strategy.tell(
          new Evaluation.Completed(
              candidate, scores, List.of(), "%064x".formatted(candidate.number()), 100, 0, null));
    }
  }
}
