package org.finchnas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.evolution.SearchProblem;
import org.finchnas.evolution.SearchStrategies;
import org.finchnas.evolution.SearchStrategy;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rungs and inherited weights under the loop's order. */
class RungsSearchTest {

  private static final List<Objective> OBJECTIVES =
      List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS);
  private static final Rungs RUNGS =
      new Rungs(3, List.of(new Fidelity(1, 0, 0), new Fidelity(3, 0, 0), new Fidelity(9, 0, 0)));
  // So few operations that the same architecture comes again.
  private static final CellSearchSpace SPACE =
      new CellSearchSpace(
          OperationSet.AMOEBANET.operations().subList(0, 2),
          1,
          List.of(1, 2),
          List.of(4, 8),
          Stem.CIFAR,
          16);

  private static SearchStrategy strategy(long seed) {
    return SearchStrategies.create(
        StrategySettings.of("aging-evolution", 10, 3, Selection.PARETO, true),
        new SearchProblem(SPACE, Toy.costs(), List.of(), OBJECTIVES),
        RUNGS,
        seed);
  }

  private static SearchResult search(long seed, int lag, Evaluator evaluator, RunRecord record) {
    return search(seed, lag, Order.STRICT, evaluator, record);
  }

  private static SearchResult search(
      long seed, int lag, Order order, Evaluator evaluator, RunRecord record) {
    SearchPlan plan =
        new SearchPlan(seed, lag, order, new SearchBudget(120, null), List.of(), OBJECTIVES);
    return new SearchLoop(plan, strategy(seed), Toy.costs(), evaluator, record)
        .run(SearchListener.NONE);
  }

  private static List<Object> withoutTime(List<ToldEvaluation> history) {
    return history.stream()
        .<Object>map(told -> Arrays.asList(strip(told.evaluation()), told.duplicateOf()))
        .toList();
  }

  private static Evaluation strip(Evaluation evaluation) {
    if (evaluation instanceof Completed e) {
      return e.copiedTo(e.candidate());
    }
    Failed e = (Failed) evaluation;
    return new Failed(e.candidate(), e.reason(), e.message(), null);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void slotsAndInterruptionsChangeNothing(long seed) {
    int lag = 1 + (int) (3 * seed);
    SearchResult undisturbed;
    try (FakeEvaluator evaluator = new FakeEvaluator(1, seed)) {
      undisturbed = search(seed, lag, evaluator, new MemoryRun().open());
    }
    Random random = new Random(seed);
    MemoryRun run = new MemoryRun();
    Set<Integer> finished = new HashSet<>();
    SearchResult result = null;
    while (result == null) {
      RunRecord record = run.openBreakingAt(1 + random.nextInt(60), random.nextBoolean());
      try (FakeEvaluator evaluator = new FakeEvaluator(1 + random.nextInt(8), random.nextLong())) {
        result = search(seed, lag, evaluator, record);
        assertThat(evaluator.submitted()).doesNotContainAnyElementsOf(finished);
      } catch (SearchFailedException e) {
        assertThat(e).hasMessageContaining("No space left");
      }
      finished.addAll(run.finished().keySet());
    }
    assertThat(withoutTime(result.history())).isEqualTo(withoutTime(undisturbed.history()));
    assertThat(withoutTime(run.told())).isEqualTo(withoutTime(undisturbed.history()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void inOrderOfArrivalInterruptionsChangeNothingThatWasTold(long seed) {
    int lag = 2 + (int) (3 * seed);
    Random random = new Random(seed);
    MemoryRun run = new MemoryRun();
    Set<Integer> finished = new HashSet<>();
    SearchResult result = null;
    while (result == null) {
      List<ToldEvaluation> before = run.told();
      RunRecord record = run.openBreakingAt(1 + random.nextInt(60), random.nextBoolean());
      try (FakeEvaluator evaluator = new FakeEvaluator(2 + random.nextInt(8), random.nextLong())) {
        result = search(seed, lag, Order.ARRIVAL, evaluator, record);
        assertThat(evaluator.submitted()).doesNotContainAnyElementsOf(finished);
      } catch (SearchFailedException e) {
        assertThat(e).hasMessageContaining("No space left");
      }
      assertThat(run.told().subList(0, before.size())).isEqualTo(before);
      finished.addAll(run.finished().keySet());
    }
    assertThat(result.history()).isEqualTo(run.told());
    try (FakeEvaluator evaluator = new FakeEvaluator(1, seed)) {
      assertThat(search(seed, lag, Order.ARRIVAL, evaluator, run.open()).history())
          .isEqualTo(result.history());
      assertThat(evaluator.submitted()).isEmpty();
    }
  }

  @Test
  void aDuplicateIsOneOnlyIfItStartsFromTheSameWeights() {
    SearchResult result;
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      result = search(3, 8, evaluator, new MemoryRun().open());
    }
    Set<List<Object>> trained = new HashSet<>();
    for (ToldEvaluation told : result.history()) {
      Candidate candidate = told.evaluation().candidate();
      Start start = candidate.start();
      List<Object> training =
          Arrays.asList(
              candidate.architecture().id(),
              candidate.fidelity(),
              start == null ? null : start.weights());
      assertThat(trained.add(training)).isEqualTo(told.duplicateOf() == null);
    }
    assertThat(result.duplicates()).isPositive();
  }

  @Test
  void theSummaryCountsRungsImagesAndAgreement() {
    SearchResult result;
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      result = search(5, 4, evaluator, new MemoryRun().open());
    }
    RungSummary summary = RungSummary.of(result.history(), RUNGS);
    assertThat(summary.rungs().stream().mapToInt(RungSummary.Rung::told).sum()).isEqualTo(120);
    assertThat(summary.rungs().stream().mapToInt(RungSummary.Rung::completed).sum())
        .isEqualTo(completed(result));
    // Toy trainings see 100 images each.
    assertThat(summary.trainedImages()).isEqualTo(100L * completed(result));
    List<Completed> highest = RungSummary.highest(result.history(), RUNGS);
    assertThat(highest)
        .isNotEmpty()
        .allMatch(each -> each.candidate().fidelity().equals(RUNGS.full()))
        .hasSize(summary.rungs().get(2).completed());
    assertThat(summary.agreement().count()).isEqualTo(highest.size());
    assertThat(summary.agreement().kendallTau()).isBetween(-1.0, 1.0);
  }

  private static int completed(SearchResult result) {
    return (int)
        result.history().stream()
            .filter(told -> told.duplicateOf() == null)
            .filter(told -> told.evaluation() instanceof Completed)
            .count();
  }

  @Test
  void beforeAnythingIsAtTheTopTheFrontIsOfTheHighestRungReached() {
    SearchResult result;
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      result = search(5, 1, evaluator, new MemoryRun().open());
    }
    assertThat(RungSummary.highest(List.of(), RUNGS)).isEmpty();
    assertThat(RungSummary.highest(result.history().subList(0, 3), RUNGS))
        .isNotEmpty()
        .allMatch(each -> each.candidate().fidelity().epochs() == 1);
    RungSummary early = RungSummary.of(result.history().subList(0, 3), RUNGS);
    assertThat(early.agreement().count()).isZero();
    assertThat(early.agreement().kendallTau()).isNaN();
  }
}
