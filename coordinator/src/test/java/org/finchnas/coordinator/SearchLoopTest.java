package org.finchnas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.Proposal;
import org.finchnas.evolution.SearchStrategy;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.Stem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchLoopTest {

  private static final Constraint SMALL = new Constraint(Objective.PARAMS, 300_000);

  private static SearchPlan plan(int evaluations, int lag, Constraint... constraints) {
    return new SearchPlan(
        11,
        lag,
        Order.STRICT,
        new SearchBudget(evaluations, null),
        List.of(constraints),
        List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS));
  }

  private static SearchResult search(
      SearchPlan plan, SearchStrategy strategy, Evaluator evaluator, RunRecord record) {
    return new SearchLoop(plan, strategy, Toy.costs(), evaluator, record).run(SearchListener.NONE);
  }

  private static SearchStrategy proposing(Architecture... architectures) {
    Iterator<Architecture> remaining = Arrays.asList(architectures).iterator();
    return new SearchStrategy() {
      @Override
      public Optional<Proposal> ask() {
        return Optional.of(new Proposal(remaining.next(), Toy.FIDELITY, null, null));
      }

      @Override
      public void tell(Evaluation evaluation) {}
    };
  }

  /** What must be equal in equal runs: all but where, when and how long. */
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

  /** Of a front that nothing changes after the third evaluation, five more are seen. */
  @Test
  void endsWhenTheFrontStandsStill() {
    SearchPlan plan =
        new SearchPlan(
            11,
            1,
            Order.STRICT,
            new SearchBudget(100, null, 5),
            List.of(),
            List.of(Objective.PARAMS));
    SearchStrategy shrinking =
        proposing(
            IntStream.range(0, 100)
                .mapToObj(i -> Toy.architecture(Math.max(1, 3 - i), i < 3 ? 2 : 2 + 2 * i))
                .toArray(Architecture[]::new));
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1)) {
      SearchResult result = search(plan, shrinking, evaluator, new MemoryRun().open());
      assertThat(result.end()).isEqualTo(SearchResult.End.STAGNATION);
      int lastOfTheFront = 0;
      double least = Double.POSITIVE_INFINITY;
      for (ToldEvaluation told : result.history()) {
        if (told.evaluation() instanceof Completed done && done.score(Objective.PARAMS) < least) {
          least = done.score(Objective.PARAMS);
          lastOfTheFront = told.number();
        }
      }
      assertThat(result.history()).hasSize(lastOfTheFront + 1 + 5);
    }
  }

  @ParameterizedTest(name = "slots {0}")
  @ValueSource(ints = {1, 3, 16})
  void standsStillAtTheSameEvaluationWhateverTheSlotsAndAfterAResume(int slots) {
    SearchPlan plan =
        new SearchPlan(
            11,
            8,
            Order.STRICT,
            new SearchBudget(1000, null, 12),
            List.of(),
            List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS));
    MemoryRun run = new MemoryRun();
    try (FakeEvaluator one = new FakeEvaluator(1, 5);
        FakeEvaluator several = new FakeEvaluator(slots, 6)) {
      SearchResult alone = search(plan, Toy.strategy(2, 0), one, new MemoryRun().open());
      SearchResult result = search(plan, Toy.strategy(2, 0), several, run.open());
      assertThat(result.end()).isEqualTo(SearchResult.End.STAGNATION);
      assertThat(withoutTime(result.history())).isEqualTo(withoutTime(alone.history()));
      SearchResult resumed = search(plan, Toy.strategy(2, 0), several, run.open());
      assertThat(resumed.end()).isEqualTo(SearchResult.End.STAGNATION);
      assertThat(withoutTime(resumed.history())).isEqualTo(withoutTime(alone.history()));
    }
  }

  @ParameterizedTest(name = "seed {0}, lag {1}, generation {2}")
  @CsvSource({"1,1,0", "2,4,0", "3,16,0", "4,64,0", "5,16,8", "6,7,16", "7,3,3", "8,16,0"})
  void searchesAlikeWhateverTheSlots(long seed, int lag, int generation) {
    SearchPlan plan = generation == 0 ? plan(150, lag, SMALL) : plan(150, lag);
    List<Object> expected = null;
    for (int slots : new int[] {1, 2, 4, 16}) {
      try (FakeEvaluator evaluator = new FakeEvaluator(slots, seed * slots)) {
        SearchResult result =
            search(plan, Toy.strategy(seed, generation), evaluator, new MemoryRun().open());
        List<Object> actual = withoutTime(result.history());
        assertThat(actual).hasSize(150);
        assertThat(expected == null ? actual : expected).isEqualTo(actual);
        expected = actual;
        assertThat(result.rejected().keySet())
            .isEqualTo(generation == 0 ? Set.of("params") : Set.of());
        assertThat(result.duplicates()).isPositive();
        assertThat(evaluator.submitted()).hasSize(150 - result.duplicates());
      }
    }
  }

  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 2, 5, 40})
  void asksEachCandidateAfterExactlyTheSameResults(int lag) {
    int evaluations = 30;
    Map<Integer, Integer> toldWhenAsked = new HashMap<>();
    SearchListener listener =
        new SearchListener() {
          private int told;

          @Override
          public void asked(Candidate candidate) {
            toldWhenAsked.put(candidate.number(), told);
          }

          @Override
          public void told(ToldEvaluation evaluation) {
            assertThat(evaluation.number()).isEqualTo(told);
            told++;
          }
        };
    try (FakeEvaluator evaluator = new FakeEvaluator(3, 5)) {
      new SearchLoop(
              plan(evaluations, lag),
              Toy.strategy(3, 0),
              Toy.costs(),
              evaluator,
              new MemoryRun().open())
          .run(listener);
    }
    assertThat(toldWhenAsked).hasSize(evaluations);
    toldWhenAsked.forEach(
        (number, told) -> assertThat(told).isEqualTo(Math.max(0, number - lag + 1)));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void isResumedFromAnyWriteAsIfItHadNotBeenInterrupted(long seed) {
    Random random = new Random(seed);
    int lag = 1 + random.nextInt(16);
    int generation = random.nextInt(2) * 6;
    SearchPlan plan = generation == 0 ? plan(60, lag, SMALL) : plan(60, lag);
    SearchResult undisturbed;
    try (FakeEvaluator evaluator = new FakeEvaluator(4, seed)) {
      undisturbed = search(plan, Toy.strategy(seed, generation), evaluator, new MemoryRun().open());
    }

    MemoryRun run = new MemoryRun();
    Set<Integer> finished = new HashSet<>();
    SearchResult result = null;
    while (result == null) {
      RunRecord record = run.openBreakingAt(1 + random.nextInt(40), random.nextBoolean());
      try (FakeEvaluator evaluator = new FakeEvaluator(1 + random.nextInt(6), random.nextLong())) {
        result = search(plan, Toy.strategy(seed, generation), evaluator, record);
        assertThat(evaluator.submitted()).doesNotContainAnyElementsOf(finished);
      } catch (SearchFailedException e) {
        assertThat(e).hasMessageContaining("No space left").hasMessageContaining("resume");
      }
      finished.addAll(run.finished().keySet());
    }
    assertThat(withoutTime(result.history())).isEqualTo(withoutTime(undisturbed.history()));
    assertThat(withoutTime(run.told())).isEqualTo(withoutTime(undisturbed.history()));
    assertThat(result.rejected()).isEqualTo(undisturbed.rejected());
    assertThat(result.end()).isEqualTo(SearchResult.End.BUDGET);
  }

  @Test
  void tellsDuplicatesTheirTwinsResultAlsoOfOneInFlight() {
    Architecture a = Toy.architecture(1, 8);
    Architecture b = Toy.architecture(2, 8);
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      SearchResult result =
          search(plan(5, 3), proposing(a, a, b, a, b), evaluator, new MemoryRun().open());
      assertThat(evaluator.submitted()).containsExactly(0, 2);
      assertThat(result.history())
          .extracting(ToldEvaluation::duplicateOf)
          .containsExactly(null, 0, null, 0, 2);
      assertThat(result.duplicates()).isEqualTo(3);
      Completed first = (Completed) result.history().get(0).evaluation();
      Completed third = (Completed) result.history().get(3).evaluation();
      assertThat(third.scores()).isEqualTo(first.scores());
      assertThat(third.weights()).isEqualTo(first.weights());
      assertThat(third.candidate().number()).isEqualTo(3);
      assertThat(third.execution()).isNull();
    }
  }

  /** Blocks in another order are the same network, but keep other tensors alive at a time. */
  @Test
  void aDuplicateHasCostsOfItsOwn() {
    Architecture one = ofTwoBlocks(Operation.SEPARABLE_CONV_3X3, Operation.IDENTITY);
    Architecture other = ofTwoBlocks(Operation.IDENTITY, Operation.SEPARABLE_CONV_3X3);
    assertThat(other.id()).isEqualTo(one.id());
    CostModel costs = architecture -> Map.of("params", architecture.equals(one) ? 1.0 : 2.0);
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1)) {
      SearchResult result =
          new SearchLoop(
                  plan(2, 1), proposing(one, other), costs, evaluator, new MemoryRun().open())
              .run(SearchListener.NONE);

      assertThat(result.duplicates()).isEqualTo(1);
      assertThat(result.history())
          .extracting(told -> ((Completed) told.evaluation()).score(Objective.PARAMS))
          .containsExactly(1.0, 2.0);
    }
  }

  private static Architecture ofTwoBlocks(Operation first, Operation second) {
    Cell cell =
        Cell.ofBlocks(List.of(new Block(0, first, 0, first), new Block(0, second, 0, second)));
    return new Architecture(cell, cell, new Macro(1, 8, Stem.CIFAR, 32));
  }

  @Test
  void trainsAgainWhatAMachineFailedToTrain() {
    Architecture a = Toy.architecture(1, 8);
    MemoryRun run = new MemoryRun();
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1, SearchLoopTest::firstLost)) {
      SearchResult result = search(plan(3, 1), proposing(a, a, a), evaluator, run.open());
      assertThat(evaluator.submitted()).containsExactly(0, 1);
      assertThat(result.failed()).isEqualTo(Map.of(FailureReason.MACHINE, 1));
      assertThat(result.history())
          .extracting(ToldEvaluation::duplicateOf)
          .containsExactly(null, null, 1);
    }
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1)) {
      SearchResult replayed = search(plan(3, 1), proposing(a, a, a), evaluator, run.open());
      assertThat(evaluator.submitted()).isEmpty();
      assertThat(replayed.failed()).isEqualTo(Map.of(FailureReason.MACHINE, 1));
    }
  }

  private static Evaluation firstLost(Candidate candidate) {
    return candidate.number() == 0
        ? new Failed(candidate, FailureReason.MACHINE, "slot lost", FakeEvaluator.execution(1))
        : Toy.outcome(candidate, FakeEvaluator.execution(1));
  }

  @Test
  void saysTheNearestArchitectureWhenNoneMeetsTheConstraints() {
    SearchPlan plan = plan(5, 2, new Constraint(Objective.PARAMS, 1000));
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1)) {
      assertThatThrownBy(() -> search(plan, Toy.strategy(1, 0), evaluator, new MemoryRun().open()))
          .isInstanceOf(SearchInputException.class)
          .hasMessageContaining("10,000 proposed")
          .hasMessageContaining(Toy.architecture(1, 4).notation())
          .hasMessageContaining("params 4,000 where the limit is 1,000 (300 % above)")
          .hasMessageContaining("Raise the limit on params");
      assertThat(evaluator.submitted()).isEmpty();
    }
  }

  @Test
  void countsWhatCannotBeAssembledAndSaysSoWhenNothingCan() {
    CostModel costs =
        architecture -> {
          if (architecture.macro().cellsPerStack() > 1) {
            throw new IllegalArgumentException("cell 3 is empty");
          }
          return Toy.costs().costs(architecture);
        };
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1)) {
      SearchResult result =
          new SearchLoop(
                  plan(2, 2),
                  proposing(Toy.architecture(2, 4), Toy.architecture(1, 4), Toy.architecture(1, 8)),
                  costs,
                  evaluator,
                  new MemoryRun().open())
              .run(SearchListener.NONE);
      assertThat(result.rejected()).isEqualTo(Map.of("cannot be assembled", 1));
      CostModel nothing =
          architecture -> {
            throw new IllegalArgumentException("cell 3 is empty");
          };
      SearchLoop hopeless =
          new SearchLoop(
              plan(2, 2), Toy.strategy(1, 0), nothing, evaluator, new MemoryRun().open());
      assertThatThrownBy(() -> hopeless.run(SearchListener.NONE))
          .isInstanceOf(SearchInputException.class)
          .hasMessageContaining("cell 3 is empty");
    }
  }

  @Test
  void refusesTheLogOfAnotherSearch() {
    MemoryRun run = new MemoryRun();
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1)) {
      search(plan(5, 2), Toy.strategy(1, 0), evaluator, run.open());
      assertThatThrownBy(() -> search(plan(9, 2), Toy.strategy(2, 0), evaluator, run.open()))
          .isInstanceOf(SearchInputException.class)
          .hasMessageContaining("Configuration or version differs at evaluation 0");
      assertThatThrownBy(() -> search(plan(4, 2), Toy.strategy(1, 0), evaluator, run.open()))
          .isInstanceOf(SearchInputException.class)
          .hasMessageContaining("5 evaluations, more than its budget of 4");
    }
  }

  @Test
  void aPauseChangesNothingButTime() throws Exception {
    SearchPlan plan = plan(60, 4);
    MemoryRun undisturbed = new MemoryRun();
    MemoryRun paused = new MemoryRun();
    try (FakeEvaluator evaluator = new FakeEvaluator(3, 5)) {
      search(plan, Toy.strategy(1, 0), evaluator, undisturbed.open());
    }
    try (FakeEvaluator evaluator = new FakeEvaluator(3, 6)) {
      SearchLoop loop =
          new SearchLoop(plan, Toy.strategy(1, 0), Toy.costs(), evaluator, paused.open());
      CompletableFuture<Integer> at = new CompletableFuture<>();
      SearchListener pausing =
          new SearchListener() {
            @Override
            public void told(ToldEvaluation told) {
              if (told.number() == 20) {
                loop.pause();
                at.complete(told.number());
              }
            }
          };
      CompletableFuture<SearchResult> result =
          CompletableFuture.supplyAsync(() -> loop.run(pausing));
      assertThat(at.get()).isEqualTo(20);
      // What was asked for by then is trained.
      while (!paused.finished().keySet().containsAll(evaluator.submitted())) {
        Thread.onSpinWait();
      }
      assertThat(paused.told()).hasSize(21);
      assertThat(evaluator.submitted()).hasSizeLessThanOrEqualTo(25);
      assertThat(result).isNotDone();
      loop.goOn();
      assertThat(result.get().end()).isEqualTo(SearchResult.End.BUDGET);
    }
    assertThat(paused.told().stream().map(told -> told.evaluation().candidate()).toList())
        .isEqualTo(undisturbed.told().stream().map(told -> told.evaluation().candidate()).toList());
  }

  @Test
  void aPausedSearchCanBeStopped() throws Exception {
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      SearchLoop loop =
          new SearchLoop(
              plan(20, 4), Toy.strategy(1, 0), Toy.costs(), evaluator, new MemoryRun().open());
      loop.pause();
      CompletableFuture<SearchResult> result =
          CompletableFuture.supplyAsync(() -> loop.run(SearchListener.NONE));
      loop.stop();
      assertThat(result.get().end()).isEqualTo(SearchResult.End.STOPPED);
    }
  }

  @Test
  void stopsWithoutWaitingForTrainingsAndCanBeResumed() {
    MemoryRun run = new MemoryRun();
    SearchPlan plan = plan(20, 4);
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1).hold()) {
      SearchLoop loop =
          new SearchLoop(plan, Toy.strategy(1, 0), Toy.costs(), evaluator, run.open());
      CompletableFuture<SearchResult> result =
          CompletableFuture.supplyAsync(() -> loop.run(SearchListener.NONE));
      loop.stop();
      assertThat(result.join().end()).isEqualTo(SearchResult.End.STOPPED);
      assertThat(result.join().history()).isEmpty();
    }
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      assertThat(search(plan, Toy.strategy(1, 0), evaluator, run.open()).end())
          .isEqualTo(SearchResult.End.BUDGET);
      assertThat(run.told()).hasSize(20);
    }
  }

  @Test
  void breaksOffWhenTheEvaluatorGivesUp() {
    MemoryRun run = new MemoryRun();
    FakeEvaluator failing =
        new FakeEvaluator(
            1,
            1,
            candidate -> {
              if (candidate.number() == 7) {
                throw new IllegalStateException("The data set is gone.");
              }
              return Toy.outcome(candidate, FakeEvaluator.execution(1));
            });
    try (failing) {
      assertThatThrownBy(() -> search(plan(20, 4), Toy.strategy(1, 0), failing, run.open()))
          .isInstanceOf(SearchFailedException.class)
          .hasMessageContaining("The data set is gone.")
          .hasMessageContaining("resume");
    }
    assertThat(run.told().size()).isLessThanOrEqualTo(7);
  }

  @Test
  void endsByWallTimeWhereTheLogSaysAndNotWhereTheClockOfAResumeSays() {
    SearchPlan timed =
        new SearchPlan(
            11,
            4,
            Order.STRICT,
            new SearchBudget(1000, Duration.ofSeconds(10)),
            List.of(),
            List.of(Objective.VALIDATION_ACCURACY));
    MemoryRun run = new MemoryRun();
    AtomicLong clock = new AtomicLong();
    SearchResult undisturbed;
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      undisturbed =
          new SearchLoop(timed, Toy.strategy(1, 0), Toy.costs(), evaluator, run.open())
              .run(SearchListener.NONE, () -> clock.addAndGet(1_000_000_000L));
    }
    assertThat(undisturbed.end()).isEqualTo(SearchResult.End.BUDGET);
    assertThat(undisturbed.evaluations()).isEqualTo(10 + 3);

    MemoryRun torn = new MemoryRun();
    run.told().subList(0, 11).forEach(torn::append);
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1)) {
      SearchResult resumed = search(timed, Toy.strategy(1, 0), evaluator, torn.open());
      assertThat(withoutTime(resumed.history())).isEqualTo(withoutTime(undisturbed.history()));
      assertThat(evaluator.submitted()).isSubsetOf(11, 12);
    }
  }

  @Test
  void givesEveryCandidateASeedOfItsOwn() {
    SearchPlan plan = plan(1, 1);
    List<Long> seeds = new ArrayList<>();
    IntStream.range(0, 100_000).forEach(number -> seeds.add(plan.candidateSeed(number)));
    assertThat(new HashSet<>(seeds)).hasSize(100_000);
    assertThat(seeds.subList(0, 2)).containsExactly(plan.candidateSeed(0), plan.candidateSeed(1));
  }

  @Test
  void complainsOfAStrategyThatWaitsForNothing() {
    SearchStrategy mute =
        new SearchStrategy() {
          @Override
          public Optional<Proposal> ask() {
            return Optional.empty();
          }

          @Override
          public void tell(Evaluation evaluation) {}
        };
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1)) {
      assertThatThrownBy(() -> search(plan(3, 1), mute, evaluator, new MemoryRun().open()))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
