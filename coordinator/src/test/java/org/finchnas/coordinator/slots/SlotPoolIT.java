package org.finchnas.coordinator.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.Toy;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes: each runs {@link FakeSlotMain}. */
class SlotPoolIT {

  private static final TrainingTask TASK =
      new TrainingTask(
          "shapes", null, "cache", 32, 0.1, 0, TrainingParams.DEFAULT, "weights", "points", 0, 0);

  @TempDir private Path directory;

  private SlotPoolParams params(int slots, Duration silence) {
    Duration start = Duration.ofMinutes(2);
    return new SlotPoolParams(slots, 2, start, silence, directory.resolve("logs"), "here");
  }

  private SlotPool start(int slots, String... accidents) {
    return start(slots, SlotListener.NONE, accidents);
  }

  private SlotPool start(int slots, SlotListener listener, String... accidents) {
    IntFunction<ProcessBuilder> command = slot -> FakeSlotMain.command(directory, accidents);
    return SlotPool.start(command, TASK, params(slots, Duration.ofMinutes(2)), listener);
  }

  /** Its seed is one with which the made-up training succeeds. */
  private static Candidate candidate(int number) {
    long seed = number;
    Candidate candidate =
        new Candidate(number, Toy.architecture(1, 8), Toy.FIDELITY, seed, null, null);
    while (Toy.accuracy(candidate) < 0.1) {
      seed += 1000;
      candidate = new Candidate(number, Toy.architecture(1, 8), Toy.FIDELITY, seed, null, null);
    }
    return candidate;
  }

  private static long process(Evaluation evaluation) {
    Execution execution = evaluation.execution();
    return execution == null ? 0 : execution.process();
  }

  private long count(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().startsWith(prefix)).count();
    }
  }

  @Test
  void trainsInAllSlotsAndReportsProgress() {
    ConcurrentLinkedQueue<Epoch> epochs = new ConcurrentLinkedQueue<>();
    SlotListener listener =
        new SlotListener() {
          @Override
          public void epoch(int slot, Candidate candidate, int done, Epoch last) {
            epochs.add(last);
          }
        };
    try (SlotPool pool = start(2, listener)) {
      assertThat(pool.slots()).isEqualTo(2);
      assertThat(pool.numericClass()).isEqualTo("toy");
      assertThat(pool.images().labels()).containsExactly("a", "b");
      List<CompletableFuture<Evaluation>> outcomes = new ArrayList<>();
      IntStream.range(0, 20).forEach(i -> outcomes.add(pool.submit(candidate(i))));
      for (int i = 0; i < 20; i++) {
        Completed completed = (Completed) outcomes.get(i).join();
        assertThat(completed.candidate()).isEqualTo(candidate(i));
        assertThat(completed.scores())
            .isEqualTo(Map.of(Objective.VALIDATION_ACCURACY.name(), Toy.accuracy(candidate(i))));
        assertThat(completed.learningCurve()).hasSize(2);
        assertThat(completed.execution()).isNotNull();
      }
      assertThat(outcomes.stream().map(outcome -> process(outcome.join())).distinct()).hasSize(2);
    }
    assertThat(epochs).hasSize(40);
  }

  @Test
  void endsATrainingThatNobodyWantsAnyMore() {
    ConcurrentLinkedQueue<String> losses = new ConcurrentLinkedQueue<>();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    SlotListener listener =
        new SlotListener() {
          @Override
          public void started(int slot, Candidate candidate) {
            begun.complete(null);
          }

          @Override
          public void lost(int slot, Candidate candidate, String message) {
            losses.add(message);
          }
        };
    try (SlotPool pool = start(1, listener, "1:hang:9")) {
      CompletableFuture<Evaluation> unwanted = pool.submit(candidate(1));
      CompletableFuture<Evaluation> waiting = pool.submit(candidate(2));
      CompletableFuture<Evaluation> next = pool.submit(candidate(3));
      begun.join();
      waiting.cancel(true);
      unwanted.cancel(true);
      assertThat(next.join()).isInstanceOf(Completed.class);
    }
    assertThat(losses).isEmpty();
    assertThat(directory.resolve("began-2-0")).doesNotExist();
  }

  @Test
  void doesNotBeginWhatNobodyWantsAnyMoreWhenTheSlotIsReadyAgain() {
    CompletableFuture<CompletableFuture<Evaluation>> unwanted = new CompletableFuture<>();
    SlotListener listener =
        new SlotListener() {
          @Override
          public void lost(int slot, Candidate candidate, String message) {
            unwanted.join().cancel(true);
          }
        };
    try (SlotPool pool = start(1, listener, "1:crash:1")) {
      unwanted.complete(pool.submit(candidate(1)));
      assertThat(pool.submit(candidate(2)).join()).isInstanceOf(Completed.class);
    }
    assertThat(directory.resolve("began-1-0")).exists();
    assertThat(directory.resolve("began-1-1")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatIsCancelledHarmsNothingElseWheneverItIs(long seed) {
    SlotPoolParams impatient =
        new SlotPoolParams(
            1, 0, Duration.ofMinutes(2), Duration.ofMinutes(2), directory.resolve("logs"), "here");
    ConcurrentLinkedQueue<String> losses = new ConcurrentLinkedQueue<>();
    SlotListener listener =
        new SlotListener() {
          @Override
          public void lost(int slot, Candidate candidate, String message) {
            losses.add(candidate.number() + " " + message);
          }
        };
    IntFunction<ProcessBuilder> command = slot -> FakeSlotMain.command(directory);
    Random random = new Random(seed);
    try (SlotPool pool = SlotPool.start(command, TASK, impatient, listener)) {
      for (int i = 0; i < 40; i += 2) {
        CompletableFuture<Evaluation> unwanted = pool.submit(candidate(i));
        CompletableFuture<Evaluation> wanted = pool.submit(candidate(i + 1));
        CompletableFuture.delayedExecutor(random.nextInt(15), TimeUnit.MILLISECONDS)
            .execute(() -> unwanted.cancel(true));
        assertThat(wanted.join()).isInstanceOf(Completed.class);
      }
    }
    assertThat(losses).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"crash", "garbage", "close", "other-number", "full"})
  void startsALostSlotAfreshAndTriesAgain(String accident) throws IOException {
    ConcurrentLinkedQueue<String> losses = new ConcurrentLinkedQueue<>();
    SlotListener listener =
        new SlotListener() {
          @Override
          public void lost(int slot, Candidate candidate, String message) {
            losses.add(message);
          }
        };
    try (SlotPool pool = start(1, listener, "1:" + accident + ":2")) {
      List<CompletableFuture<Evaluation>> outcomes =
          IntStream.range(0, 3).mapToObj(i -> pool.submit(candidate(i))).toList();
      assertThat(outcomes.stream().map(CompletableFuture::join))
          .allMatch(evaluation -> evaluation instanceof Completed);
    }
    assertThat(count("began-1-")).isEqualTo(3);
    assertThat(count("began-2-")).isEqualTo(1);
    assertThat(losses).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"none", "crash", "garbage", "close", "full"})
  void computesProxiesAndTriesAgainWithAFreshSlot(String accident) throws IOException {
    ConcurrentLinkedQueue<String> losses = new ConcurrentLinkedQueue<>();
    SlotListener listener =
        new SlotListener() {
          @Override
          public void lost(int slot, ProxyRequest request, String message) {
            losses.add(request.seed() + " " + message);
          }
        };
    try (SlotPool pool = start(1, listener, "score:" + accident + ":2")) {
      assertThat(pool.submit(request(7)).join().values())
          .containsExactly(Map.entry(ZeroCostProxy.SYNFLOW, 7.0));
      assertThat(pool.submit(candidate(0)).join()).isInstanceOf(Completed.class);
    }
    assertThat(count("scored-7-")).isEqualTo(accident.equals("none") ? 1 : 3);
    assertThat(losses)
        .hasSize(accident.equals("none") ? 0 : 2)
        .allSatisfy(loss -> assertThat(loss).startsWith("7 Process "));
  }

  @Test
  void hasNoProxiesOfWhatIsLostTooOftenAndGoesOn() {
    try (SlotPool pool = start(1, "score:crash:3")) {
      assertThat(pool.submit(request(7)).join()).isEqualTo(ProxyAnswer.LOST);
      ProxyAnswer next = pool.submit(request(8)).join();
      assertThat(next.values()).isNotEmpty();
      assertThat(next.lost()).isFalse();
    }
  }

  @Test
  void givesUpWhenTheProxiesOfTooManyOnEndAreLost() {
    SlotPoolParams impatient =
        new SlotPoolParams(
            1, 0, Duration.ofMinutes(2), Duration.ofMinutes(2), directory.resolve("logs"), "here");
    IntFunction<ProcessBuilder> command =
        slot -> FakeSlotMain.command(directory, "score:full:" + SlotPool.MOST_LOST_IN_A_ROW);
    try (SlotPool pool = SlotPool.start(command, TASK, impatient, SlotListener.NONE)) {
      for (int i = 1; i < SlotPool.MOST_LOST_IN_A_ROW; i++) {
        assertThat(pool.submit(request(i)).join().lost()).isTrue();
        // Trainings that go well do not hide it.
        assertThat(pool.submit(candidate(i)).join()).isInstanceOf(Completed.class);
      }
      assertThatThrownBy(() -> pool.submit(request(0)).join())
          .hasCauseInstanceOf(SlotFailedException.class)
          .hasMessageContaining("The proxies of 10 architectures on end")
          .hasMessageContaining("No space left on device.");
    }
  }

  @Test
  void endsWhenASlotCannotScoreAnyMore() throws IOException {
    try (SlotPool pool = start(1, "score:disk:1")) {
      assertThatThrownBy(() -> pool.submit(request(1)).join())
          .hasCauseInstanceOf(SlotFailedException.class)
          .hasMessageContaining("Slot 0 cannot go on. images cannot be decoded");
    }
    assertThat(count("scored-1-")).isEqualTo(1);
  }

  @Test
  void waitsForProxiesMinutesNotHours() {
    assertThat(params(1, Duration.ofMinutes(60)).scoreSilence()).isEqualTo(Duration.ofMinutes(3));
    assertThat(params(1, Duration.ofSeconds(4)).scoreSilence()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void computesProxiesBeforeTheTrainingsThatWait() {
    List<String> order = new CopyOnWriteArrayList<>();
    CountDownLatch asked = new CountDownLatch(1);
    SlotListener listener =
        new SlotListener() {
          @Override
          public void epoch(int slot, Candidate candidate, int done, Epoch last) {
            // Holds the slot's only training until all that the test asks for waits in line.
            awaitQuietly(asked);
          }
        };
    try (SlotPool pool = start(1, listener)) {
      List<CompletableFuture<?>> all = new ArrayList<>();
      all.add(pool.submit(candidate(0)));
      for (int i = 1; i < 4; i++) {
        all.add(pool.submit(candidate(i)).thenRun(() -> order.add("trained")));
      }
      all.add(pool.submit(request(1)).thenRun(() -> order.add("scored first")));
      all.add(pool.submit(request(2)).thenRun(() -> order.add("scored second")));
      asked.countDown();
      all.forEach(CompletableFuture::join);
    }
    assertThat(order).startsWith("scored first", "scored second").hasSize(5);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ProxyRequest request(long seed) {
    return new ProxyRequest(
        Toy.architecture(1, 8), Toy.FIDELITY, seed, Set.of(ZeroCostProxy.SYNFLOW));
  }

  @Test
  void killsASlotThatSaysNothing() throws IOException {
    IntFunction<ProcessBuilder> command = slot -> FakeSlotMain.command(directory, "0:hang:1");
    try (SlotPool pool =
        SlotPool.start(command, TASK, params(1, Duration.ofSeconds(4)), SlotListener.NONE)) {
      assertThat(pool.submit(candidate(0)).join()).isInstanceOf(Completed.class);
    }
    assertThat(count("began-0-")).isEqualTo(2);
  }

  @Test
  void killsASlotThatNeverBegins() throws IOException {
    IntFunction<ProcessBuilder> command = slot -> FakeSlotMain.command(directory, "start:hang:1");
    SlotPoolParams impatient =
        new SlotPoolParams(
            1,
            2,
            Duration.ofSeconds(10),
            Duration.ofMinutes(60),
            directory.resolve("logs"),
            "here");
    try (SlotPool pool = SlotPool.start(command, TASK, impatient, SlotListener.NONE)) {
      assertThat(pool.submit(candidate(0)).join()).isInstanceOf(Completed.class);
    }
    assertThat(count("start-hang-")).isEqualTo(2);
  }

  @Test
  void endsWhenASlotCannotWrite() throws IOException {
    try (SlotPool pool = start(1, "1:disk:1")) {
      List<CompletableFuture<Evaluation>> outcomes =
          IntStream.range(0, 3).mapToObj(i -> pool.submit(candidate(i))).toList();
      assertThat(outcomes.get(0).join()).isInstanceOf(Completed.class);
      for (CompletableFuture<Evaluation> unwritten : outcomes.subList(1, 3)) {
        assertThatThrownBy(unwritten::join)
            .hasCauseInstanceOf(SlotFailedException.class)
            .hasMessageContaining("Slot 0 cannot go on. weights cannot be written");
      }
    }
    assertThat(count("began-1-")).isEqualTo(1);
  }

  @Test
  void failsACandidateThatIsLostTooOftenAndGoesOn() {
    try (SlotPool pool = start(1, "0:crash:9")) {
      CompletableFuture<Evaluation> lost = pool.submit(candidate(0));
      CompletableFuture<Evaluation> next = pool.submit(candidate(1));
      Failed failed = (Failed) lost.join();
      assertThat(failed.reason()).isEqualTo(FailureReason.MACHINE);
      assertThat(failed.message()).contains("Lost 3 times").contains("exit code 139");
      assertThat(next.join()).isInstanceOf(Completed.class);
    }
  }

  @Test
  void passesOnWhatTheSlotRefuses() {
    Candidate diverging =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(
                seed -> new Candidate(0, Toy.architecture(1, 8), Toy.FIDELITY, seed, null, null))
            .filter(candidate -> Toy.accuracy(candidate) < 0.1)
            .findFirst()
            .orElseThrow();
    try (SlotPool pool = start(1)) {
      Failed failed = (Failed) pool.submit(diverging).join();
      assertThat(failed.reason()).isEqualTo(FailureReason.DIVERGED);
      assertThat(failed.message()).startsWith("loss NaN");
    }
  }

  @Test
  void keepsASlotWhoseCandidateIsTooLarge() throws IOException {
    try (SlotPool pool = start(1, "1:memory:9")) {
      Evaluation before = pool.submit(candidate(0)).join();
      Failed large = (Failed) pool.submit(candidate(1)).join();
      Evaluation after = pool.submit(candidate(2)).join();
      assertThat(large.reason()).isEqualTo(FailureReason.MEMORY);
      assertThat(after).isInstanceOf(Completed.class);
      assertThat(process(after)).isEqualTo(process(large)).isEqualTo(process(before));
    }
    assertThat(count("began-1-")).isEqualTo(1);
  }

  @Test
  void saysTheLastWordsOfASlotThatCannotStart() {
    assertThatThrownBy(() -> start(1, "start:crash:9"))
        .isInstanceOf(SlotFailedException.class)
        .hasMessageContaining("exit code 139")
        .hasMessageContaining("SIGSEGV, as if")
        .hasMessageContaining("slot-0.log");
    assertThat(directory.resolve("logs/slot-0.log")).content().contains("SIGSEGV, as if");
  }

  /** As when it is killed while it is being started. */
  @Test
  void triesAgainWhatCannotBeStartedForAMoment() {
    AtomicInteger starts = new AtomicInteger();
    IntFunction<ProcessBuilder> command =
        slot ->
            starts.getAndIncrement() == 0
                ? new ProcessBuilder(directory.resolve("no-such-java").toString())
                : FakeSlotMain.command(directory);
    try (SlotPool pool =
        SlotPool.start(command, TASK, params(1, Duration.ofMinutes(2)), SlotListener.NONE)) {
      assertThat(pool.submit(candidate(0)).join()).isInstanceOf(Completed.class);
    }
    assertThat(starts).hasValue(2);
  }

  @Test
  void saysTheCommandThatDoesNotExist() {
    IntFunction<ProcessBuilder> command =
        slot -> new ProcessBuilder(directory.resolve("no-such-java").toString(), "-version");
    assertThatThrownBy(
            () ->
                SlotPool.start(command, TASK, params(2, Duration.ofMinutes(1)), SlotListener.NONE))
        .isInstanceOf(SlotFailedException.class)
        .hasMessageContaining("no-such-java -version");
  }

  @Test
  void passesOnThatASlotCannotWorkWithItsTask() {
    assertThatThrownBy(() -> start(1, "start:unable:1"))
        .isInstanceOf(SearchInputException.class)
        .hasMessage("There is no data set named shape. Did you mean shapes?");
  }

  @Test
  void refusesSlotsThatComputeDifferently() {
    assertThatThrownBy(() -> start(2, "start:differ:1"))
        .isInstanceOf(SlotFailedException.class)
        .hasMessageContaining("must compute alike")
        .hasMessageContaining("toy")
        .hasMessageContaining("other");
  }

  @Test
  void givesUpWhenSlotsCannotBeStartedAnyMore() throws IOException {
    Path broken = directory.resolve("broken");
    IntFunction<ProcessBuilder> command =
        slot ->
            Files.exists(broken)
                ? new ProcessBuilder("false")
                : FakeSlotMain.command(directory, "0:crash:9");
    try (SlotPool pool =
        SlotPool.start(command, TASK, params(1, Duration.ofMinutes(2)), SlotListener.NONE)) {
      Files.createFile(broken);
      CompletableFuture<Evaluation> first = pool.submit(candidate(0));
      CompletableFuture<Evaluation> second = pool.submit(candidate(1));
      assertThatThrownBy(first::join).hasCauseInstanceOf(SlotFailedException.class);
      assertThatThrownBy(second::join).hasCauseInstanceOf(SlotFailedException.class);
      assertThatThrownBy(() -> pool.submit(candidate(2)).join())
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void givesUpWhenTooManyCandidatesOnEndAreLost() {
    String[] accidents =
        IntStream.range(0, SlotPool.MOST_LOST_IN_A_ROW)
            .mapToObj(i -> i + ":full:1")
            .toArray(String[]::new);
    SlotPoolParams impatient =
        new SlotPoolParams(
            1, 0, Duration.ofMinutes(2), Duration.ofMinutes(2), directory.resolve("logs"), "here");
    IntFunction<ProcessBuilder> command = slot -> FakeSlotMain.command(directory, accidents);
    try (SlotPool pool = SlotPool.start(command, TASK, impatient, SlotListener.NONE)) {
      List<CompletableFuture<Evaluation>> outcomes =
          IntStream.range(0, 12).mapToObj(i -> pool.submit(candidate(i))).toList();
      assertThatThrownBy(() -> outcomes.get(11).join())
          .hasCauseInstanceOf(SlotFailedException.class)
          .hasMessageContaining("10 candidates on end")
          .hasMessageContaining("No space left on device.");
      assertThat(outcomes.get(8).join()).isInstanceOf(Failed.class);
    }
  }

  @Test
  void endsItsProcessesWhenItIsNotWantedAnyMoreBeforeTheyAreReady() throws Exception {
    CompletableFuture<SlotPool> started = new CompletableFuture<>();
    Thread starting =
        new Thread(
            () -> {
              try {
                started.complete(start(2, "start:hang:9"));
              } catch (RuntimeException e) {
                started.completeExceptionally(e);
              }
            });
    starting.start();
    while (count("start-hang-") < 2) {
      assertThat(starting.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    starting.interrupt();
    assertThatThrownBy(() -> started.get(1, TimeUnit.MINUTES))
        .isInstanceOf(CancellationException.class);
    assertThat(children).hasSizeGreaterThanOrEqualTo(2).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void endsItsProcessesWhenClosed() {
    SlotPool pool = start(2, "0:hang:9", "1:hang:9");
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    CompletableFuture<Evaluation> first = pool.submit(candidate(0));
    CompletableFuture<Evaluation> second = pool.submit(candidate(1));
    pool.close();
    assertThatThrownBy(first::join).isInstanceOf(CancellationException.class);
    assertThatThrownBy(second::join).isInstanceOf(CancellationException.class);
    assertThat(children).hasSizeGreaterThanOrEqualTo(2).noneMatch(ProcessHandle::isAlive);
  }
}
