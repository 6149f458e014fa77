package org.finchnas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.Proposal;
import org.finchnas.evolution.SearchStrategy;
import org.finchnas.searchspace.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Searches that are told results as they arrive. Told in another order they may wait for what never
 * ends.
 */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrivalOrderTest {

  private static final int EVALUATIONS = 40;
  private static final int LAG = 7;
  private static final Architecture A = Toy.architecture(1, 8);
  private static final Architecture B = Toy.architecture(2, 8);
  private static final Architecture C = Toy.architecture(3, 8);

  private static SearchPlan plan(int evaluations, int lag) {
    return plan(lag, new SearchBudget(evaluations, null));
  }

  private static SearchPlan plan(int lag, SearchBudget budget) {
    return new SearchPlan(
        11, lag, Order.ARRIVAL, budget, List.of(), List.of(Objective.VALIDATION_ACCURACY));
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

  /** A whole search. */
  private record Searched(MemoryRun run, List<ToldEvaluation> history, List<Integer> ended) {

    static Searched of(long seed) {
      MemoryRun run = new MemoryRun();
      Shuffled trainings = new Shuffled(seed);
      SearchResult result =
          trainings.search(plan(EVALUATIONS, LAG), Toy.strategy(seed, 0), run.open());
      return new Searched(run, result.history(), List.copyOf(trainings.ended));
    }

    /** As it would stand if the process had died after so many lines. */
    MemoryRun until(int lines) {
      MemoryRun interrupted = new MemoryRun();
      history.subList(0, lines).forEach(interrupted::append);
      return interrupted;
    }

    /** The same, had every slot ended its training by then. */
    MemoryRun untilWithFinished(int lines) {
      MemoryRun interrupted = until(lines);
      history.subList(lines, history.size()).stream()
          .filter(each -> each.duplicateOf() == null && each.number() < lines + LAG)
          .forEach(each -> interrupted.put(each.evaluation()));
      return interrupted;
    }
  }

  /** Ends trainings between the steps of a search and on its thread: their order is certain. */
  private abstract static class Trainings implements Evaluator, SearchListener {

    final Map<Integer, Runnable> running = new LinkedHashMap<>();
    final List<Integer> ended = new ArrayList<>();
    int told;

    SearchResult search(SearchPlan plan, SearchStrategy strategy, RunRecord record) {
      return new SearchLoop(plan, strategy, Toy.costs(), this, record).run(this);
    }

    @Override
    public CompletableFuture<Evaluation> submit(Candidate candidate) {
      CompletableFuture<Evaluation> future = new CompletableFuture<>();
      running.put(candidate.number(), () -> future.complete(outcome(candidate)));
      return future;
    }

    Evaluation outcome(Candidate candidate) {
      return Toy.outcome(candidate, null);
    }

    void end(int number) {
      Runnable training = running.remove(number);
      assertThat(training).isNotNull();
      ended.add(number);
      training.run();
    }

    abstract void endSome(boolean mayWait);

    @Override
    public void asked(Candidate candidate) {
      endSome(candidate.number() < LAG - 1);
    }

    @Override
    public void told(ToldEvaluation evaluation) {
      told += evaluation.duplicateOf() == null ? 1 : 0;
      endSome(false);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void close() {}
  }

  /** In an order drawn at random. */
  private static final class Shuffled extends Trainings {

    private final Random random;

    Shuffled(long seed) {
      random = new Random(seed);
    }

    @Override
    void endSome(boolean mayWait) {
      boolean must = ended.size() == told && !mayWait;
      if (!running.isEmpty() && (must || random.nextInt(3) == 0)) {
        end(List.copyOf(running.keySet()).get(random.nextInt(running.size())));
      }
    }
  }

  /** In a given order, each as soon as it runs and those before it ended. */
  private static class Scripted extends Trainings {

    private final Deque<Integer> script;

    Scripted(List<Integer> script) {
      this.script = new ArrayDeque<>(script);
    }

    @Override
    void endSome(boolean mayWait) {
      while (!script.isEmpty() && running.containsKey(script.getFirst())) {
        end(script.removeFirst());
      }
    }
  }

  private static List<Integer> numbers(List<ToldEvaluation> told) {
    return told.stream().map(ToldEvaluation::number).toList();
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

  private static void assertBegins(List<ToldEvaluation> whole, List<ToldEvaluation> beginning) {
    assertThat(whole.subList(0, beginning.size())).isEqualTo(beginning);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void resultsAreToldInTheOrderInWhichTrainingsEnd(long seed) {
    Searched searched = Searched.of(seed);
    List<ToldEvaluation> told = searched.history();

    assertThat(told.stream().filter(each -> each.duplicateOf() == null))
        .extracting(ToldEvaluation::number)
        .isEqualTo(searched.ended())
        .isNotEqualTo(searched.ended().stream().sorted().toList());
    assertThat(numbers(told))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, EVALUATIONS).boxed().toList());
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i).number()).as("asked by then").isLessThan(i + LAG);
    }
    assertThat(told).anyMatch(each -> each.duplicateOf() != null);
    assertThat(searched.run().told()).isEqualTo(told);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSameOrderOfTrainingsIsTheSameSearchFromWhereverItIsResumed(long seed) {
    Searched whole = Searched.of(seed);
    for (int lines = 0; lines <= EVALUATIONS; lines++) {
      MemoryRun run = whole.until(lines);
      List<Integer> rest = new ArrayList<>(whole.ended());
      rest.removeAll(numbers(run.told()));
      SearchResult result =
          new Scripted(rest).search(plan(EVALUATIONS, LAG), Toy.strategy(seed, 0), run.open());

      assertThat(withoutTime(result.history()))
          .as("from line %d", lines)
          .isEqualTo(withoutTime(whole.history()));
      assertThat(run.told()).isEqualTo(result.history());
      assertThat(result.end()).isEqualTo(SearchResult.End.BUDGET);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void resumedWithOtherSlotsItGoesOnFromWhatWasTold(long seed) {
    Searched whole = Searched.of(seed);
    for (int lines = 0; lines <= EVALUATIONS; lines++) {
      MemoryRun run = whole.until(lines);
      List<ToldEvaluation> before = run.told();
      SearchResult resumed = resume(seed, 1000 * seed + lines, run);

      assertThat(resumed.history()).hasSize(EVALUATIONS).isEqualTo(run.told());
      assertBegins(run.told(), before);
      SearchResult replayed =
          new Scripted(List.of()).search(plan(EVALUATIONS, LAG), Toy.strategy(seed, 0), run.open());
      assertThat(replayed.history()).isEqualTo(resumed.history());
    }
  }

  private static SearchResult resume(long seed, long evaluatorSeed, MemoryRun run) {
    try (FakeEvaluator evaluator = new FakeEvaluator(4, evaluatorSeed)) {
      return search(plan(EVALUATIONS, LAG), Toy.strategy(seed, 0), evaluator, run.open());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whereverItBreaksNothingToldChangesAndNothingIsTrainedTwice(long seed) {
    Random random = new Random(seed);
    SearchPlan plan = plan(60, 1 + random.nextInt(16));
    int generation = random.nextInt(2) * 6;
    MemoryRun run = new MemoryRun();
    Set<Integer> finished = new HashSet<>();
    SearchResult result = null;
    while (result == null) {
      List<ToldEvaluation> before = run.told();
      RunRecord record = run.openBreakingAt(1 + random.nextInt(40), random.nextBoolean());
      try (FakeEvaluator evaluator = new FakeEvaluator(1 + random.nextInt(6), random.nextLong())) {
        result = search(plan, Toy.strategy(seed, generation), evaluator, record);
        assertThat(evaluator.submitted()).doesNotContainAnyElementsOf(finished);
      } catch (SearchFailedException e) {
        assertThat(e).hasMessageContaining("No space left");
      }
      assertBegins(run.told(), before);
      finished.addAll(run.finished().keySet());
    }
    assertThat(result.history()).hasSize(60).isEqualTo(run.told());
  }

  @Test
  void whatWasFinishedIsToldAfterTheLogByNumber() {
    int lines = 12;
    MemoryRun run = Searched.of(9).untilWithFinished(lines);
    List<ToldEvaluation> before = run.told();
    SearchResult result =
        new Scripted(List.of()).search(plan(lines + LAG, LAG), Toy.strategy(9, 0), run.open());

    assertBegins(result.history(), before);
    assertThat(result.history()).hasSize(lines + LAG);
    assertThat(result.history().stream().skip(lines).filter(each -> each.duplicateOf() == null))
        .extracting(ToldEvaluation::number)
        .hasSizeGreaterThan(2)
        .isSorted();
  }

  @Test
  void aTwinIsToldRightAfterWhatItCopies() {
    SearchResult result =
        new Scripted(List.of(1, 0, 3))
            .search(plan(6, 3), proposing(A, B, A, C, B, C), new MemoryRun().open());

    assertThat(numbers(result.history())).containsExactly(1, 0, 2, 4, 3, 5);
    assertThat(result.history())
        .extracting(ToldEvaluation::duplicateOf)
        .containsExactly(null, null, 0, 1, null, 3);
  }

  @Test
  void twinsOfWhatAMachineFailedToTrainFailWithItAlsoAfterAResume() {
    MemoryRun whole = new MemoryRun();
    firstLost(1, 0, 4).search(plan(5, 3), proposing(A, B, A, A, A), whole.open());

    assertThat(numbers(whole.told())).containsExactly(1, 0, 2, 3, 4);
    assertThat(whole.told())
        .extracting(ToldEvaluation::duplicateOf)
        .containsExactly(null, null, 0, 0, null);
    assertThat(whole.told().subList(1, 4)).allMatch(each -> each.evaluation() instanceof Failed);
    for (int lines = 2; lines < 5; lines++) {
      MemoryRun run = new MemoryRun();
      whole.told().subList(0, lines).forEach(run::append);
      firstLost(4).search(plan(5, 3), proposing(A, B, A, A, A), run.open());
      assertThat(withoutTime(run.told())).isEqualTo(withoutTime(whole.told()));
    }
  }

  private static Trainings firstLost(Integer... order) {
    return new Scripted(List.of(order)) {
      @Override
      Evaluation outcome(Candidate candidate) {
        return candidate.number() == 0
            ? new Failed(candidate, FailureReason.MACHINE, "slot lost", null)
            : super.outcome(candidate);
      }
    };
  }

  @ParameterizedTest(name = "stopped at line {0}")
  @ValueSource(ints = {1, 2, 3, 5, 8, 13, 20, 24, 27, 30})
  void stoppedWhileTheLogIsReplayedItLeavesTheLogWhole(int stopAt) {
    MemoryRun run = Searched.of(4).untilWithFinished(30);
    List<ToldEvaluation> before = run.told();
    Stopper stopper = new Stopper(stopAt);
    Evaluator silent = new Scripted(List.of());
    SearchResult result =
        stopper.watch(
            new SearchLoop(
                plan(EVALUATIONS, LAG), Toy.strategy(4, 0), Toy.costs(), silent, run.open()));

    assertThat(result.end()).isEqualTo(SearchResult.End.STOPPED);
    assertBegins(run.told(), before);
    assertThat(resume(4, 77, run).history()).hasSize(EVALUATIONS);
    assertBegins(run.told(), before);
  }

  /** Stops a search when so many lines of its log were replayed. */
  private static final class Stopper implements SearchListener {

    private final CompletableFuture<SearchLoop> loop = new CompletableFuture<>();
    private int left;

    Stopper(int lines) {
      left = lines;
    }

    SearchResult watch(SearchLoop watched) {
      loop.complete(watched);
      return watched.run(this);
    }

    @Override
    public void replayed(ToldEvaluation told) {
      left--;
      if (left == 0) {
        loop.join().stop();
      }
    }
  }

  @Test
  void stopsWithoutWaitingForTrainings() {
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1).hold()) {
      SearchLoop loop =
          new SearchLoop(
              plan(20, 4), Toy.strategy(1, 0), Toy.costs(), evaluator, new MemoryRun().open());
      CompletableFuture<SearchResult> result =
          CompletableFuture.supplyAsync(() -> loop.run(SearchListener.NONE));
      loop.stop();
      assertThat(result.join().end()).isEqualTo(SearchResult.End.STOPPED);
      assertThat(result.join().history()).isEmpty();
    }
  }

  @Test
  void breaksOffWhenTheEvaluatorGivesUp() {
    FakeEvaluator failing =
        new FakeEvaluator(
            3,
            1,
            candidate -> {
              if (candidate.number() == 7) {
                throw new IllegalStateException("The data set is gone.");
              }
              return Toy.outcome(candidate, FakeEvaluator.execution(1));
            });
    try (failing) {
      MemoryRun run = new MemoryRun();
      assertThatThrownBy(() -> search(plan(20, 4), Toy.strategy(1, 0), failing, run.open()))
          .isInstanceOf(SearchFailedException.class)
          .hasMessageContaining("The data set is gone.");
      assertThat(numbers(run.told())).doesNotContain(7);
    }
  }

  @Test
  void endsByWallTimeWhereTheLogSaysAlsoIfItIsCutAfterwards() {
    MemoryRun run = new MemoryRun();
    AtomicLong clock = new AtomicLong();
    SearchResult whole;
    try (FakeEvaluator evaluator = new FakeEvaluator(3, 1)) {
      whole =
          new SearchLoop(timed(10), Toy.strategy(1, 0), Toy.costs(), evaluator, run.open())
              .run(SearchListener.NONE, () -> clock.addAndGet(1_000_000_000L));
    }
    assertThat(whole.end()).isEqualTo(SearchResult.End.BUDGET);
    assertThat(whole.evaluations()).isEqualTo(10 + LAG - 1);
    for (int seconds = 1; seconds <= 10; seconds++) {
      SearchResult result =
          new Scripted(List.of()).search(timed(seconds), Toy.strategy(1, 0), run.open());
      assertThat(result.end()).isEqualTo(SearchResult.End.BUDGET);
      assertBegins(whole.history(), result.history());
      assertThat(run.told()).isEqualTo(whole.history());
    }
  }

  private static SearchPlan timed(int seconds) {
    return plan(LAG, new SearchBudget(1000, Duration.ofSeconds(seconds)));
  }

  @Test
  void refusesTheLogOfAnotherSearch() {
    Searched whole = Searched.of(5);
    assertThatThrownBy(() -> resume(6, 5, whole.run()))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContaining("Configuration or version differs at evaluation 0: the log has");

    ToldEvaluation late =
        whole.history().stream().filter(each -> each.number() >= LAG).findFirst().orElseThrow();
    MemoryRun run = new MemoryRun();
    run.append(late);
    assertThatThrownBy(() -> resume(5, 5, run))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContaining("Configuration or version differs at evaluation " + late.number())
        .hasMessageContaining("after 0 results, this search has not asked for it by then");
  }

  @Test
  void refusesABudgetBelowWhatWasAskedFor() {
    Searched whole = Searched.of(5);
    List<ToldEvaluation> history = whole.history();
    int lines = 1;
    while (asked(history.subList(0, lines)) <= lines + 1) {
      lines++;
    }
    int asked = asked(history.subList(0, lines));
    SearchPlan plan = plan(asked - 1, LAG);
    MemoryRun run = whole.until(lines);
    assertThatThrownBy(() -> new Scripted(List.of()).search(plan, Toy.strategy(5, 0), run.open()))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContaining("%d evaluations, more than its budget of %d", asked, asked - 1);
  }

  private static int asked(List<ToldEvaluation> told) {
    return Collections.max(numbers(told)) + 1;
  }
}
