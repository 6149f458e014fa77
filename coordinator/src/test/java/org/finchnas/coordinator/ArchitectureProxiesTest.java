package org.finchnas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.Forecast;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyEvaluator;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evolution.Proposal;
import org.finchnas.evolution.SearchStrategy;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.ArchitectureId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureProxiesTest {

  private static final int EVALUATIONS = 40;
  private static final Set<ZeroCostProxy> RECORDED =
      Set.of(ZeroCostProxy.SYNFLOW, ZeroCostProxy.NASWOT);

  /** Keeps what is put, as a disk does, until a write fails. */
  private static final class Memory implements ProxyRecord {

    final Map<ArchitectureId, Map<ZeroCostProxy, Double>> values = new HashMap<>();
    int puts;
    int failsAfter = Integer.MAX_VALUE;

    @Override
    public synchronized Map<ZeroCostProxy, Double> find(ArchitectureId id) {
      return Map.copyOf(values.getOrDefault(id, Map.of()));
    }

    @Override
    public synchronized void put(
        Architecture architecture, Map<ZeroCostProxy, Double> added, boolean lost) {
      if (++puts > failsAfter) {
        throw new UncheckedIOException(new IOException("No space left on device"));
      }
      Map<ZeroCostProxy, Double> known =
          values.computeIfAbsent(architecture.id(), id -> new EnumMap<>(ZeroCostProxy.class));
      assertThat(known)
          .as("computed twice")
          .doesNotContainKeys(added.keySet().toArray(ZeroCostProxy[]::new));
      known.putAll(added);
      // Only of what a machine lost is there nothing at all.
      assertThat(lost).isEqualTo(added.values().stream().allMatch(value -> value.isNaN()));
    }
  }

  /** Answers at once; of one request in five a machine loses the answer, another each time. */
  private static ProxyEvaluator lossy(long seed) {
    Random random = new Random(seed);
    return request -> {
      Map<ZeroCostProxy, Double> values = new EnumMap<>(ZeroCostProxy.class);
      request.proxies().forEach(proxy -> values.put(proxy, value(request, proxy)));
      return CompletableFuture.completedFuture(
          random.nextInt(5) > 0 ? ProxyAnswer.of(values) : ProxyAnswer.LOST);
    };
  }

  private static double value(ProxyRequest request, ZeroCostProxy proxy) {
    return new Random(request.architecture().notation().hashCode() + 7L * proxy.token().length())
        .nextDouble();
  }

  private static ArchitectureProxies proxies(ProxyEvaluator evaluator, ProxyRecord record) {
    return new ArchitectureProxies(Toy.costs(), evaluator, record, Toy.FIDELITY, 3);
  }

  /** Has four drawn wherever it proposes one. */
  private static SearchStrategy bestOfFour(long seed, Forecast<Architecture> forecast) {
    SearchStrategy inner = Toy.strategy(seed, 0);
    return new SearchStrategy() {
      @Override
      public Optional<Proposal> ask() {
        List<Proposal> drawn = Stream.generate(() -> inner.ask().orElseThrow()).limit(4).toList();
        List<Double> values = forecast.of(drawn.stream().map(Proposal::architecture).toList());
        int best = 0;
        for (int i = 1; i < 4; i++) {
          best = Double.compare(rank(values.get(i)), rank(values.get(best))) > 0 ? i : best;
        }
        return Optional.of(drawn.get(best));
      }

      private double rank(double value) {
        return Double.isNaN(value) ? -1 : value;
      }

      @Override
      public void tell(Evaluation evaluation) {
        inner.tell(evaluation);
      }
    };
  }

  private static SearchPlan plan(int evaluations) {
    return new SearchPlan(
        11,
        5,
        Order.STRICT,
        new SearchBudget(evaluations, null),
        List.of(),
        List.of(Objective.VALIDATION_ACCURACY));
  }

  private static SearchResult search(
      int evaluations, MemoryRun run, Memory record, long machineSeed) {
    ArchitectureProxies proxies = proxies(lossy(machineSeed), record);
    try (FakeEvaluator trainer = new FakeEvaluator(3, machineSeed)) {
      return new SearchLoop(
              plan(evaluations),
              bestOfFour(5, proxies.forecast(ZeroCostProxy.SYNFLOW)),
              Toy.costs(),
              new ProxyRecordingEvaluator(trainer, proxies, RECORDED),
              run.open())
          .run(SearchListener.NONE);
    }
  }

  /** A training that waits for proxies when it is over would be lost with the process. */
  @Test
  void aCandidateIsTrainedAfterItsProxiesAreKnown() {
    CompletableFuture<ProxyAnswer> answer = new CompletableFuture<>();
    ArchitectureProxies proxies = proxies(request -> answer, new Memory());
    try (FakeEvaluator trainer = new FakeEvaluator(1, 1)) {
      Evaluator recording = new ProxyRecordingEvaluator(trainer, proxies, RECORDED);
      CompletableFuture<Evaluation> evaluation =
          recording.submit(new Candidate(0, Toy.architecture(1, 8), Toy.FIDELITY, 1, null, null));
      assertThat(trainer.submitted()).isEmpty();

      answer.complete(ProxyAnswer.LOST);

      evaluation.join();
      assertThat(trainer.submitted()).containsExactly(0);
    }
  }

  @ParameterizedTest(name = "stopped after {0}")
  @ValueSource(ints = {1, 7, 20, 39})
  void aResumedSearchChoosesAsItDidWhateverMachinesLost(int first) {
    MemoryRun run = new MemoryRun();
    Memory record = new Memory();
    search(first, run, record, 1);

    SearchResult resumed = search(EVALUATIONS, run, record, 2);

    assertThat(resumed.evaluations()).isEqualTo(EVALUATIONS);
    assertThat(resumed.history())
        .extracting(ToldEvaluation::evaluation)
        .hasAtLeastOneElementOfType(Completed.class)
        .filteredOn(evaluation -> evaluation instanceof Completed)
        .map(evaluation -> (Completed) evaluation)
        .allSatisfy(
            completed ->
                RECORDED.forEach(
                    proxy ->
                        assertThat(completed.scores().getOrDefault(proxy.token(), Double.NaN))
                            .isEqualTo(Double.valueOf(recorded(record, completed, proxy)))));
  }

  private static double recorded(Memory record, Completed completed, ZeroCostProxy proxy) {
    return record.find(completed.candidate().architecture().id()).getOrDefault(proxy, Double.NaN);
  }

  @Test
  void countsAreKnownWithoutASlot() {
    ProxyEvaluator none =
        request -> {
          throw new AssertionError("asked for " + request);
        };
    ArchitectureProxies proxies = proxies(none, new Memory());

    assertThat(proxies.of(Toy.architecture(2, 8), Set.of(ZeroCostProxy.PARAMS)).join())
        .containsExactly(Map.entry(ZeroCostProxy.PARAMS, 16_000.0));
    assertThat(
            proxies
                .forecast(ZeroCostProxy.PARAMS)
                .of(List.of(Toy.architecture(3, 8), Toy.architecture(1, 8))))
        .containsExactly(24_000.0, 8_000.0);
  }

  @Test
  void asksInOneRequestForWhatIsNotUnderWay() {
    List<Set<ZeroCostProxy>> asked = new ArrayList<>();
    ProxyEvaluator silent =
        request -> {
          asked.add(request.proxies());
          return new CompletableFuture<>();
        };
    ArchitectureProxies proxies = proxies(silent, new Memory());
    Architecture architecture = Toy.architecture(2, 8);

    var first = proxies.of(architecture, Set.of(ZeroCostProxy.SYNFLOW));
    var second =
        proxies.of(
            architecture,
            Set.of(ZeroCostProxy.SYNFLOW, ZeroCostProxy.NASWOT, ZeroCostProxy.GRADIENT_NORM));

    assertThat(asked)
        .containsExactly(
            Set.of(ZeroCostProxy.SYNFLOW),
            Set.of(ZeroCostProxy.NASWOT, ZeroCostProxy.GRADIENT_NORM));
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
  }

  @Test
  void aSearchThatWaitsForAForecastCanBeStopped() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    ProxyEvaluator silent =
        request -> {
          waiting.countDown();
          return new CompletableFuture<>();
        };
    ArchitectureProxies proxies = proxies(silent, new Memory());
    try (FakeEvaluator trainer = new FakeEvaluator(1, 1)) {
      SearchLoop loop =
          new SearchLoop(
              plan(EVALUATIONS),
              bestOfFour(5, proxies.forecast(ZeroCostProxy.SYNFLOW)),
              Toy.costs(),
              trainer,
              new MemoryRun().open());
      CompletableFuture<SearchResult> result =
          CompletableFuture.supplyAsync(() -> loop.run(SearchListener.NONE));
      waiting.await();
      loop.stop();
      proxies.stop();

      assertThat(result.join().end()).isEqualTo(SearchResult.End.STOPPED);
    }
  }

  @Test
  void aSearchBreaksOffWhenValuesCannotBeKept() {
    Memory full = new Memory();
    full.failsAfter = 10;

    assertThatThrownBy(() -> search(EVALUATIONS, new MemoryRun(), full, 1))
        .isInstanceOf(SearchFailedException.class)
        .hasMessageContaining("No space left on device");
  }
}
