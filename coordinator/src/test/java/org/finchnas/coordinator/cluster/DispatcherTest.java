package org.finchnas.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.finchnas.coordinator.cluster.ClusterSamples.CLASS;
import static org.finchnas.coordinator.cluster.ClusterSamples.IMAGES;
import static org.finchnas.coordinator.cluster.ClusterSamples.LEASE;
import static org.finchnas.coordinator.cluster.ClusterSamples.candidate;
import static org.finchnas.coordinator.cluster.ClusterSamples.cpu;
import static org.finchnas.coordinator.cluster.ClusterSamples.execution;
import static org.finchnas.coordinator.cluster.ClusterSamples.gpu;
import static org.finchnas.coordinator.cluster.ClusterSamples.outcome;
import static org.finchnas.coordinator.cluster.ClusterSamples.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.finchnas.coordinator.Toy;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Request.FileKind;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.coordinator.run.RunException;
import org.finchnas.coordinator.run.RunStorageException;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("FutureReturnValueIgnored") // what is wanted is told by answers, not waited for
class DispatcherTest {

  private static final long GIB = 1L << 30;

  @TempDir Path weights;

  private final List<String> told = new ArrayList<>();
  private long nanos = -5;
  private long attempts;

  private Dispatcher dispatcher(ClusterPlan plan, Candidate... known) {
    return new Dispatcher(
        plan,
        weights,
        List.of(known),
        candidate -> candidate.architecture().macro().initialFilters(),
        new Telling(),
        () -> nanos);
  }

  private final class Telling implements ClusterListener {
    @Override
    public void joined(Introduction worker, int slots, String numericClass) {
      told.add(worker.name() + " joined");
    }

    @Override
    public void refused(Introduction worker, String reason) {
      told.add(worker.name() + " refused");
    }

    @Override
    public void left(Introduction worker, int work, String reason) {
      told.add("%s left %d: %s".formatted(worker.name(), work, reason));
    }

    @Override
    public void lost(Introduction worker, int work) {
      told.add("%s lost %d".formatted(worker.name(), work));
    }

    @Override
    public void troubled(String line) {
      told.add("trouble: " + line);
    }

    @Override
    public void retried(Introduction worker, String work, String reason) {
      told.add("%s retried %s".formatted(worker.name(), reason));
    }
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  // --- a worker by hand

  private static void join(Dispatcher dispatcher, Introduction worker) throws IOException {
    join(dispatcher, worker, CLASS);
  }

  private static void join(Dispatcher dispatcher, Introduction worker, String numericClass)
      throws IOException {
    assertThat(hello(dispatcher, worker)).isInstanceOf(Reply.Welcome.class);
    assertThat(ready(dispatcher, worker, numericClass)).isEqualTo(new Reply.Accepted());
  }

  private static Reply hello(Dispatcher dispatcher, Introduction worker) throws IOException {
    return dispatcher.answer(new Request.Hello(worker.name(), worker));
  }

  private static Reply ready(Dispatcher dispatcher, Introduction worker, String numericClass)
      throws IOException {
    return dispatcher.answer(new Request.Ready(worker.name(), 2, numericClass, IMAGES));
  }

  /** What a sign of life of a worker that has these in hand brings. */
  private static List<String> beat(Dispatcher dispatcher, String worker, int free, String... held)
      throws IOException {
    return orders(dispatcher, worker, free, held).work().stream().map(Work::key).toList();
  }

  private static Reply.Orders orders(Dispatcher dispatcher, String worker, int free, String... held)
      throws IOException {
    List<Held> all = Arrays.stream(held).map(key -> new Held(key, 0)).toList();
    return (Reply.Orders) dispatcher.answer(new Request.Beat(worker, free, all));
  }

  private static Reply report(Dispatcher dispatcher, String worker, Evaluation evaluation)
      throws IOException {
    return report(dispatcher, worker, evaluation, ClusterSamples.BUILD, CLASS);
  }

  private static Reply report(
      Dispatcher dispatcher,
      String worker,
      Evaluation evaluation,
      String build,
      String numericClass)
      throws IOException {
    return dispatcher.answer(
        ClusterSamples.report(
            worker,
            ClusterSamples.RUN,
            WorkKeys.of(evaluation.candidate()),
            new Result.Evaluated(EvaluationJson.write(evaluation), build, numericClass)));
  }

  private Evaluation trained(Candidate candidate) throws IOException {
    Evaluation evaluation = outcome(candidate, execution(attempts++));
    if (evaluation instanceof Completed completed) {
      Files.write(
          ClusterFiles.weights(weights, completed.weights()), ClusterSamples.weights(candidate));
    }
    return evaluation;
  }

  private Failed failed(Candidate candidate, FailureReason reason) {
    return new Failed(candidate, reason, reason.token(), execution(attempts++));
  }

  private static String key(int number) {
    return WorkKeys.of(candidate(number));
  }

  /** Submits one, and keeps what comes of it at once, as the search does. */
  private static CompletableFuture<Evaluation> submit(Dispatcher dispatcher, int number) {
    CompletableFuture<Evaluation> outcome = dispatcher.submit(candidate(number));
    outcome.thenAccept(dispatcher::kept);
    return outcome;
  }

  // --- who may take part

  @Test
  void welcomesWithTheTaskAndTakesWhatIsReady() throws IOException {
    ClusterPlan plan = ClusterSamples.plan();
    Dispatcher dispatcher = dispatcher(plan);
    assertThat(hello(dispatcher, cpu("a")))
        .isEqualTo(
            new Reply.Welcome(
                "run-1",
                plan.task(),
                List.of(new Reply.Images(8, IMAGES.dataHash())),
                plan.settings()));
    assertThat(dispatcher.first()).isNotDone();
    assertThat(dispatcher.slots()).isZero();
    assertThat(ready(dispatcher, cpu("a"), CLASS)).isEqualTo(new Reply.Accepted());
    assertThat(dispatcher.first()).isCompletedWithValue(new Dispatcher.Introduced(CLASS, IMAGES));
    assertThat(dispatcher.slots()).isEqualTo(2);
    assertThat(told).containsExactly("a joined");
    ready(dispatcher, cpu("a"), CLASS);
    assertThat(told).containsExactly("a joined");
  }

  @Test
  void refusesAnotherBuild() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    Introduction other = new Introduction("a", "host", 1, "0.2", cpu("a").devices());
    Reply reply = hello(dispatcher, other);
    assertThat(((Reply.Refused) reply).reason()).contains("0.2", ClusterSamples.BUILD);
    assertThat(ready(dispatcher, other, CLASS)).isEqualTo(new Reply.Unknown());
    assertThat(told).containsExactly("a refused");
  }

  @Test
  void refusesOtherImages() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    hello(dispatcher, cpu("a"));
    SlotMessage.Ready others = new SlotMessage.Ready("e".repeat(64), 3, List.of("cat"), 1, 1);
    Reply reply = dispatcher.answer(new Request.Ready("a", 1, CLASS, others));
    assertThat(((Reply.Refused) reply).reason()).contains("shapes", others.dataHash());
    assertThat(dispatcher.first()).isNotDone();
    assertThat(dispatcher.answer(new Request.Beat("a", 1, List.of())))
        .isEqualTo(new Reply.Unknown());
  }

  @Test
  void refusesWhoComputesOtherwiseThanTheFirst() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    hello(dispatcher, gpu("b", GIB));
    Reply reply = ready(dispatcher, gpu("b", GIB), "cuda");
    assertThat(((Reply.Refused) reply).reason()).contains("cuda", CLASS, "--mixed");
    assertThat(dispatcher.slots()).isEqualTo(2);
  }

  @Test
  void refusesWhoComputesOtherwiseThanTheRunSoFar() throws IOException {
    Dispatcher dispatcher =
        dispatcher(
            ClusterSamples.plan(
                "run-1", List.of(ClusterSamples.images()), "cuda", false, 1, Duration.ZERO));
    hello(dispatcher, cpu("a"));
    assertThat(ready(dispatcher, cpu("a"), CLASS)).isInstanceOf(Reply.Refused.class);
    join(dispatcher, gpu("b", GIB), "cuda");
  }

  @Test
  void mixedTakesAllAndSaysWhatComputedWhat() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(true, 1, Duration.ZERO));
    join(dispatcher, cpu("a"), CLASS);
    join(dispatcher, gpu("b", GIB), "cuda");
    assertThat(dispatcher.first().join().numericClass()).isEqualTo(Dispatcher.MIXED);
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    assertThat(beat(dispatcher, "b", 1)).containsExactly(key(0));
    // What counts is what computed it, not what its worker computes as since it was started again.
    report(dispatcher, "b", trained(candidate(0)), ClusterSamples.BUILD, "before");
    assertThat(outcome).isDone();
    assertThat(outcome.join().execution())
        .isNotNull()
        .extracting(Execution::numericClass)
        .isEqualTo("before");
  }

  @Test
  void resultsOfAnotherBuildOrClassAreMadeAgain() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 0, key(0));
    Evaluation evaluation = trained(candidate(0));
    assertThat(report(dispatcher, "a", evaluation, "0.0", CLASS)).isEqualTo(new Reply.Accepted());
    assertThat(report(dispatcher, "a", evaluation, ClusterSamples.BUILD, "cuda"))
        .isEqualTo(new Reply.Accepted());
    assertThat(outcome).isNotDone();
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
    report(dispatcher, "a", evaluation);
    assertThat(outcome).isCompletedWithValue(evaluation);
  }

  @Test
  void resultsForTheCoordinatorOfAnotherRunAreNotTaken() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    Request.Report report =
        ClusterSamples.report("a", "run-0", key(0), ClusterSamples.result(trained(candidate(0))));
    assertThat(dispatcher.answer(report)).isEqualTo(new Reply.Unknown());
    assertThat(outcome).isNotDone();
  }

  @Test
  void aReadyWorkerThatBecomesAnotherLosesItsWork() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    assertThat(ready(dispatcher, cpu("a"), "cuda")).isInstanceOf(Reply.Refused.class);
    assertThat(beat(dispatcher, "b", 1)).containsExactly(key(0));
  }

  @Test
  void nobodyGetsWorkBeforeItIsReady() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    submit(dispatcher, 0);
    Request.Beat beat = new Request.Beat("a", 1, List.of());
    assertThat(dispatcher.answer(beat)).isEqualTo(new Reply.Unknown());
    hello(dispatcher, cpu("a"));
    assertThat(dispatcher.answer(beat)).isEqualTo(new Reply.Unknown());
    assertThat(report(dispatcher, "a", trained(candidate(0)))).isInstanceOf(Reply.Later.class);
    ready(dispatcher, cpu("a"), CLASS);
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
  }

  // --- leases

  @Test
  void handsOutOneForEachFreeSlotInOrder() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    for (int number : new int[] {3, 0, 2, 1}) {
      submit(dispatcher, number);
    }
    assertThat(beat(dispatcher, "a", 2)).containsExactly(key(0), key(1));
    assertThat(beat(dispatcher, "b", 0)).isEmpty();
    assertThat(beat(dispatcher, "b", 1)).containsExactly(key(2));
    assertThat(beat(dispatcher, "b", -1, key(2))).isEmpty();
    assertThat(dispatcher.state().waiting()).isEqualTo(1);
    assertThat(dispatcher.state().leased()).isEqualTo(3);
    assertThat(beat(dispatcher, "b", 3, key(2))).containsExactly(key(3));
    assertThat(beat(dispatcher, "a", 9, key(0), key(1))).isEmpty();
  }

  @Test
  void workIsOthersAsSoonAsTheLeaseHasRunOutAndNotBefore() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    submit(dispatcher, 0);
    beat(dispatcher, "a", 2);
    pass(LEASE.minusSeconds(1));
    join(dispatcher, cpu("b"));
    pass(Duration.ofSeconds(1));
    assertThat(beat(dispatcher, "b", 2)).isEmpty();
    nanos++;
    assertThat(beat(dispatcher, "b", 2)).containsExactly(key(0));
    assertThat(told).containsExactly("a joined", "b joined", "a lost 1");
    assertThat(dispatcher.state().lostWorkers()).isEqualTo(1);
    assertThat(dispatcher.answer(new Request.Beat("a", 1, List.of())))
        .isEqualTo(new Reply.Unknown());
  }

  @Test
  void leasesRunOutAlsoWhenNobodyIsHeardOf() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    pass(LEASE.plusNanos(1));
    dispatcher.expire();
    assertThat(dispatcher.slots()).isZero();
    assertThat(told).containsExactly("a joined", "a lost 0");
  }

  @Test
  void anyMessageRenewsALease() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    Evaluation other = trained(candidate(77));
    List<Request> messages =
        List.of(
            new Request.Hello("a", cpu("a")),
            new Request.Ready("a", 2, CLASS, IMAGES),
            new Request.Beat("a", 0, List.of(new Held(key(0), 1))),
            ClusterSamples.report("a", ClusterSamples.RUN, key(77), ClusterSamples.result(other)),
            new Request.Get("a", FileKind.WEIGHTS, "0".repeat(64), 0),
            new Request.Put("a", "0".repeat(64), 0, 9, new byte[1]));
    for (Request message : messages) {
      pass(LEASE);
      dispatcher.answer(message);
    }
    pass(LEASE);
    dispatcher.expire();
    assertThat(dispatcher.state().leased()).isEqualTo(1);
    assertThat(told).containsExactly("a joined");
  }

  @Test
  void aCoordinatorThatStoodStillTakesItForNobodysSilence() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    dispatcher.look();
    pass(LEASE.multipliedBy(2));
    assertThat(beat(dispatcher, "a", 1, key(0))).isEmpty();
    assertThat(told).containsExactly("a joined");
    for (Duration left = LEASE; left.compareTo(Duration.ZERO) > 0; left = left.minusSeconds(1)) {
      pass(Duration.ofSeconds(1));
      dispatcher.look();
    }
    assertThat(dispatcher.slots()).isEqualTo(2);
    nanos++;
    dispatcher.look();
    assertThat(told).containsExactly("a joined", "a lost 1");
  }

  @Test
  void aStandstillForgivesNotWhatWasSilentBefore() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    for (int i = 0; i < LEASE.toSeconds(); i++) {
      dispatcher.look();
      pass(Duration.ofSeconds(1));
    }
    dispatcher.look();
    pass(LEASE);
    dispatcher.look();
    assertThat(dispatcher.slots()).isEqualTo(2);
    pass(Duration.ofSeconds(1));
    dispatcher.look();
    assertThat(dispatcher.slots()).isZero();
  }

  /** Two workers that both have a candidate in hand; which of them are told to let it go. */
  private List<String> letGo(int epochsOfA, int epochsOfB) throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    submit(dispatcher, 0);
    List<String> letGo = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      letGo.clear();
      for (String name : List.of("a", "b")) {
        int epochs = name.equals("a") ? epochsOfA : epochsOfB;
        Request.Beat beat = new Request.Beat(name, 0, List.of(new Held(key(0), epochs)));
        if (!((Reply.Orders) dispatcher.answer(beat)).cancel().isEmpty()) {
          letGo.add(name);
        }
      }
    }
    return letGo;
  }

  @Test
  void ofTwoThatTrainTheSameTheOneThatIsBehindLetsGo() throws IOException {
    assertThat(letGo(3, 4)).containsExactly("a");
    assertThat(letGo(4, 3)).containsExactly("b");
    assertThat(letGo(2, 2)).containsExactly("b");
    assertThat(letGo(100, Held.FINISHED)).containsExactly("a");
  }

  @Test
  void ofTwoThatTrainTheSameOneGoesOnEvenIfItStartsAfresh() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    submit(dispatcher, 0);
    dispatcher.answer(new Request.Beat("a", 0, List.of(new Held(key(0), 5))));
    assertThat(letsGo(dispatcher, "b", 4)).isTrue();
    // Its slot died: it is behind what the other had, which lets go at this moment.
    assertThat(letsGo(dispatcher, "a", 0)).isFalse();
    assertThat(letsGo(dispatcher, "b", 4)).as("its order was lost, and it is ahead").isFalse();
    assertThat(letsGo(dispatcher, "a", 0)).isTrue();
  }

  private static boolean letsGo(Dispatcher dispatcher, String worker, int epochs)
      throws IOException {
    Request.Beat beat = new Request.Beat(worker, 0, List.of(new Held(key(0), epochs)));
    return ((Reply.Orders) dispatcher.answer(beat)).cancel().contains(key(0));
  }

  @Test
  void nobodyLetsGoForOneThatFailed() throws IOException {
    assertThat(letGo(0, Held.FAILED)).containsExactly("b");
    assertThat(letGo(Held.FAILED, 0)).containsExactly("a");
  }

  @Test
  void nobodyLetsGoForOneThatNeverHeardOfIt() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    submit(dispatcher, 0);
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
    // Its order was lost, and it has not said so yet.
    assertThat(orders(dispatcher, "b", 0, key(0)).cancel()).isEmpty();
  }

  @Test
  void makingSlotsReadyMayTakeLongerThanALease() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    hello(dispatcher, cpu("a"));
    pass(LEASE.multipliedBy(3));
    assertThat(ready(dispatcher, cpu("a"), CLASS)).isEqualTo(new Reply.Unknown());
    join(dispatcher, cpu("a"));
    assertThat(told).containsExactly("a joined");
    assertThat(dispatcher.state().lostWorkers()).isZero();
  }

  @Test
  void workWhoseOrderWasLostIsGivenOutAgain() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    submit(dispatcher, 0);
    submit(dispatcher, 1);
    assertThat(beat(dispatcher, "a", 2)).containsExactly(key(0), key(1));
    assertThat(beat(dispatcher, "a", 1, key(0))).containsExactly(key(1));
    assertThat(beat(dispatcher, "b", 2)).isEmpty();
    assertThat(beat(dispatcher, "a", 0, key(0))).isEmpty();
    assertThat(beat(dispatcher, "b", 2)).containsExactly(key(1));
  }

  @Test
  void aWorkerBackFromSilenceKeepsWhatNobodyElseTook() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    pass(LEASE.plusNanos(1));
    join(dispatcher, cpu("a"));
    assertThat(beat(dispatcher, "a", 1, key(0))).isEmpty();
    join(dispatcher, cpu("b"));
    assertThat(beat(dispatcher, "b", 1)).isEmpty();
    Evaluation evaluation = trained(candidate(0));
    assertThat(report(dispatcher, "a", evaluation)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isCompletedWithValue(evaluation);
  }

  @Test
  void whoLeavesFreesItsWorkAtOnce() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    assertThat(dispatcher.answer(new Request.Leave("a", "bye", false)))
        .isEqualTo(new Reply.Accepted());
    assertThat(beat(dispatcher, "b", 1)).containsExactly(key(0));
    assertThat(dispatcher.answer(new Request.Leave("a", "bye", false)))
        .isEqualTo(new Reply.Unknown());
    assertThat(told).containsExactly("a joined", "b joined", "a left 1: bye");
  }

  @Test
  void aCandidateThatKillsWorkersIsGivenUp() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    CompletableFuture<ProxyAnswer> answer = dispatcher.submit(score(1));
    for (int i = 0; i <= Dispatcher.MOST_LOSSES; i++) {
      assertThat(outcome).as("after %d", i).isNotDone();
      join(dispatcher, cpu("w" + i));
      assertThat(beat(dispatcher, "w" + i, 2)).hasSize(2);
      pass(LEASE.plusNanos(1));
      dispatcher.expire();
    }
    assertThat(outcome).isDone();
    assertThat(((Failed) outcome.join()).reason()).isEqualTo(FailureReason.MACHINE);
    assertThat(answer).isCompletedWithValue(ProxyAnswer.LOST);
    join(dispatcher, cpu("last"));
    assertThat(beat(dispatcher, "last", 2)).isEmpty();
  }

  @Test
  void aCandidateThatWorkersFailWithIsGivenUp() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    for (int i = 0; i <= Dispatcher.MOST_LOSSES; i++) {
      assertThat(outcome).as("after %d", i).isNotDone();
      join(dispatcher, cpu("w" + i));
      assertThat(beat(dispatcher, "w" + i, 1)).containsExactly(key(0));
      dispatcher.answer(new Request.Leave("w" + i, "its weights are damaged", true));
    }
    assertThat(outcome).isDone();
    assertThat(((Failed) outcome.join()).reason()).isEqualTo(FailureReason.MACHINE);
    assertThat(dispatcher.state().retries()).isEqualTo(Dispatcher.MOST_LOSSES + 1);
  }

  @Test
  void workersThatAreToldToGoBlameNoCandidate() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    for (int i = 0; i < 3 * Dispatcher.MOST_LOSSES; i++) {
      join(dispatcher, cpu("w" + i));
      beat(dispatcher, "w" + i, 1);
      dispatcher.answer(new Request.Leave("w" + i, "it was told to go", false));
    }
    assertThat(outcome).isNotDone();
  }

  @Test
  void troublesThatTakeTurnsAreToldOnceEach() {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    for (int i = 0; i < 10; i++) {
      dispatcher.tellTrouble("one");
      dispatcher.tellTrouble("other");
    }
    assertThat(told).containsExactly("trouble: one", "trouble: other");
  }

  @Test
  void aWorkerThatWasOnlyCutOffWasNotKilledByItsCandidate() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    for (int i = 0; i < 3 * Dispatcher.MOST_LOSSES; i++) {
      String name = "w" + i % (Dispatcher.MOST_LOSSES + 5);
      join(dispatcher, cpu(name));
      beat(dispatcher, name, 0, key(0));
      pass(LEASE.plusNanos(1));
      dispatcher.expire();
      // It is back before others took it, and goes.
      join(dispatcher, cpu(name));
      beat(dispatcher, name, 0, key(0));
      dispatcher.answer(new Request.Leave(name, "bye", false));
    }
    assertThat(outcome).isNotDone();
  }

  // --- a coordinator that was started again

  @Test
  void workersSayWhatTheyHaveInHandToTheNextCoordinator() throws IOException {
    Dispatcher before = dispatcher(ClusterSamples.plan());
    join(before, cpu("a"));
    submit(before, 0);
    assertThat(beat(before, "a", 1)).containsExactly(key(0));

    Dispatcher dispatcher =
        dispatcher(ClusterSamples.plan(false, 1, Duration.ofSeconds(3)), candidate(5));
    submit(dispatcher, 0);
    submit(dispatcher, 1);
    pass(Duration.ofMinutes(1));
    join(dispatcher, cpu("b"));
    assertThat(orders(dispatcher, "b", 2).nextMillis()).isLessThanOrEqualTo(200);
    pass(Duration.ofSeconds(2));
    join(dispatcher, cpu("a"));
    assertThat(beat(dispatcher, "a", 1, key(0), key(5))).isEmpty();
    assertThat(orders(dispatcher, "a", 1, key(0), key(5)).cancel()).containsExactly(key(5));
    pass(Duration.ofSeconds(1));
    assertThat(beat(dispatcher, "b", 2)).containsExactly(key(1));
  }

  @Test
  void whatAWorkerHoldsIsItsAlsoWhenItIsAskedForLater() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    beat(dispatcher, "a", 0, key(0));
    submit(dispatcher, 0);
    assertThat(beat(dispatcher, "b", 1)).isEmpty();
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
  }

  @Test
  void resultsOfWhatIsNotAskedForYetComeLater() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(), candidate(0));
    join(dispatcher, cpu("a"));
    Evaluation third = trained(candidate(3));
    assertThat(report(dispatcher, "a", third)).isInstanceOf(Reply.Later.class);
    assertThat(report(dispatcher, "a", trained(candidate(0)))).isEqualTo(new Reply.Accepted());
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 3);
    assertThat(report(dispatcher, "a", third)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isCompletedWithValue(third);
    // Candidates are asked for in the order of their numbers: this one never will be.
    assertThat(report(dispatcher, "a", trained(candidate(2)))).isEqualTo(new Reply.Accepted());
    assertThat(dispatcher.state().duplicates()).isEqualTo(2);
  }

  @Test
  void whatIsAskedForIsDoneAlsoIfItWasKnown() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(), candidate(0));
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
    assertThat(report(dispatcher, "a", trained(candidate(0)))).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isDone();
  }

  // --- results

  @Test
  void aResultIsAcknowledgedOnlyWhenItIsDurable() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    CompletableFuture<Evaluation> outcome = dispatcher.submit(candidate(0));
    beat(dispatcher, "a", 1);
    Evaluation evaluation = trained(candidate(0));
    assertThat(report(dispatcher, "a", evaluation)).isInstanceOf(Reply.Later.class);
    assertThat(outcome).isCompletedWithValue(evaluation);
    assertThat(report(dispatcher, "a", evaluation)).isInstanceOf(Reply.Later.class);
    dispatcher.answer(new Request.Leave("a", "bye", false));
    assertThat(beat(dispatcher, "b", 2)).as("it is told already").isEmpty();
    dispatcher.kept(evaluation);
    assertThat(report(dispatcher, "b", evaluation)).isEqualTo(new Reply.Accepted());
  }

  @Test
  void aResultCountsOnceWhoeverReportsItHowOften() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    pass(LEASE.plusNanos(1));
    join(dispatcher, cpu("b"));
    beat(dispatcher, "b", 1);
    join(dispatcher, cpu("a"));
    beat(dispatcher, "a", 0, key(0));
    Evaluation late = trained(candidate(0));
    assertThat(report(dispatcher, "a", late)).isEqualTo(new Reply.Accepted());
    assertThat(orders(dispatcher, "b", 0, key(0)).cancel()).containsExactly(key(0));
    assertThat(report(dispatcher, "b", trained(candidate(0)))).isEqualTo(new Reply.Accepted());
    assertThat(report(dispatcher, "a", late)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isCompletedWithValue(late);
    assertThat(dispatcher.state().duplicates()).isEqualTo(2);
    assertThat(dispatcher.state().workers()).extracting(worker -> worker.done()).contains(0, 1);
  }

  @Test
  void aResultWaitsForItsWeights() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    Completed evaluation = (Completed) outcome(candidate(0), execution(1));
    assertThat(report(dispatcher, "a", evaluation)).isEqualTo(new Reply.WantsWeights(0));
    byte[] bytes = ClusterSamples.weights(candidate(0));
    int half = bytes.length / 2;
    byte[] first = Arrays.copyOf(bytes, half);
    byte[] second = Arrays.copyOfRange(bytes, half, bytes.length);
    String hash = evaluation.weights();
    Request.Put begin = new Request.Put("a", hash, 0, bytes.length, first);
    assertThat(dispatcher.answer(begin)).isEqualTo(new Reply.WantsWeights(half));
    assertThat(dispatcher.answer(begin)).isEqualTo(new Reply.WantsWeights(half));
    assertThat(report(dispatcher, "a", evaluation)).isEqualTo(new Reply.WantsWeights(0));
    Request.Put end = new Request.Put("a", hash, half, bytes.length, second);
    assertThat(dispatcher.answer(end)).isEqualTo(new Reply.Accepted());
    assertThat(dispatcher.answer(end)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isNotDone();
    assertThat(report(dispatcher, "a", evaluation)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isDone();
    assertThat(ClusterFiles.weights(weights, hash)).hasBinaryContent(bytes);
    assertThat(dispatcher.answer(new Request.Get("a", FileKind.WEIGHTS, hash, half)))
        .usingRecursiveComparison()
        .isEqualTo(new Reply.Piece(bytes.length, second));
  }

  @Test
  void smallWeightsComeWithTheirResult() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    Completed evaluation = (Completed) outcome(candidate(0), execution(1));
    byte[] bytes = ClusterSamples.weights(candidate(0));
    Result result = ClusterSamples.result(evaluation);
    byte[] damaged = bytes.clone();
    damaged[0]++;
    Request.Report bad = new Request.Report("a", ClusterSamples.RUN, key(0), result, damaged);
    assertThatThrownBy(() -> dispatcher.answer(bad)).isInstanceOf(IOException.class);
    assertThat(weights).isEmptyDirectory();
    Request.Report report = new Request.Report("a", ClusterSamples.RUN, key(0), result, bytes);
    assertThat(dispatcher.answer(report)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isCompletedWithValue(evaluation);
    assertThat(ClusterFiles.weights(weights, evaluation.weights())).hasBinaryContent(bytes);
  }

  @Test
  void onlyMembersSendAndGetFiles() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    String hash = "0".repeat(64);
    assertThat(dispatcher.answer(new Request.Put("a", hash, 0, 9, new byte[1])))
        .isEqualTo(new Reply.Unknown());
    assertThat(dispatcher.answer(new Request.Get("a", FileKind.WEIGHTS, hash, 0)))
        .isEqualTo(new Reply.Unknown());
    assertThat(weights).isEmptyDirectory();
    hello(dispatcher, cpu("a"));
    for (FileKind kind : FileKind.values()) {
      assertThat(dispatcher.answer(new Request.Get("a", kind, hash, 0)))
          .isEqualTo(new Reply.Missing());
    }
  }

  // --- what machines do wrong

  @Test
  void machineFailuresAreTriedElsewhereAsOftenAsTheRunSays() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(false, 2, Duration.ZERO));
    for (String name : List.of("a", "b", "c")) {
      join(dispatcher, cpu(name));
    }
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    for (String name : List.of("a", "b")) {
      assertThat(beat(dispatcher, name, 1)).containsExactly(key(0));
      assertThat(report(dispatcher, name, failed(candidate(0), FailureReason.MACHINE)))
          .isEqualTo(new Reply.Accepted());
      assertThat(beat(dispatcher, name, 1)).as("others first").isEmpty();
    }
    assertThat(outcome).isNotDone();
    assertThat(beat(dispatcher, "c", 1)).containsExactly(key(0));
    Failed last = failed(candidate(0), FailureReason.MACHINE);
    assertThat(report(dispatcher, "c", last)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isCompletedWithValue(last);
    assertThat(dispatcher.state().retries()).isEqualTo(2);
    assertThat(told).contains("a retried machine", "b retried machine");
  }

  @Test
  void aMachineThatIsAloneTriesAgainItself() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    hello(dispatcher, cpu("not-ready"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
    report(dispatcher, "a", failed(candidate(0), FailureReason.MACHINE));
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
    Evaluation evaluation = trained(candidate(0));
    report(dispatcher, "a", evaluation);
    assertThat(outcome).isCompletedWithValue(evaluation);
  }

  @Test
  void aMachinesLastFailureDoesNotEndWhatAnotherTrains() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(false, 0, Duration.ZERO));
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 0, key(0));
    dispatcher.answer(new Request.Beat("b", 0, List.of(new Held(key(0), 1))));
    report(dispatcher, "a", failed(candidate(0), FailureReason.MACHINE));
    assertThat(outcome).isNotDone();
    Evaluation evaluation = trained(candidate(0));
    report(dispatcher, "b", evaluation);
    assertThat(outcome).isCompletedWithValue(evaluation);
  }

  @Test
  void aMachinesFailureMayBeTheCoordinatorsWhoseWeightsAreDamaged() throws IOException {
    Start start = start();
    Candidate heir = heir(start);
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = dispatcher.submit(heir);
    beat(dispatcher, "a", 1);
    Files.writeString(ClusterFiles.weights(weights, start.weights()), "damaged");
    assertThatThrownBy(() -> report(dispatcher, "a", failed(heir, FailureReason.MACHINE)))
        .isInstanceOf(RunException.class)
        .hasMessageContainingAll(start.weights(), "candidate 5");
    assertThat(outcome).isCompletedExceptionally();
  }

  @Test
  void damagedWeightsThatNothingWaitsForEndNothing() throws IOException {
    Start start = start();
    Candidate heir = heir(start);
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = dispatcher.submit(heir);
    outcome.thenAccept(dispatcher::kept);
    beat(dispatcher, "a", 1);
    report(dispatcher, "a", trained(heir));
    assertThat(outcome).isCompleted();
    Files.writeString(ClusterFiles.weights(weights, start.weights()), "damaged");
    assertThat(report(dispatcher, "a", failed(heir, FailureReason.MACHINE)))
        .isEqualTo(new Reply.Accepted());
    CompletableFuture<Evaluation> next = submit(dispatcher, 6);
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(6));
    assertThat(next).isNotDone();
  }

  @Test
  void aMachinesFailureIsItsOwnWhereTheWeightsAreSound() throws IOException {
    Candidate heir = heir(start());
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = dispatcher.submit(heir);
    beat(dispatcher, "a", 1);
    assertThat(report(dispatcher, "a", failed(heir, FailureReason.MACHINE)))
        .isEqualTo(new Reply.Accepted());
    assertThat(outcome).isNotDone();
    assertThat(beat(dispatcher, "a", 1)).containsExactly(WorkKeys.of(heir));
  }

  private Start start() throws IOException {
    byte[] parent = {1, 2, 3};
    String hash = ClusterSamples.hash(parent);
    Files.write(ClusterFiles.weights(weights, hash), parent);
    return new Start(Start.Kind.INHERITED, 3, hash, 0);
  }

  private static Candidate heir(Start start) {
    return new Candidate(5, Toy.architecture(1, 4), Toy.FIDELITY, 1, 3, start);
  }

  @ParameterizedTest
  @EnumSource(names = {"MACHINE", "MEMORY"})
  void aFailureToldTwiceCountsOnce(FailureReason reason) throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, gpu("a", GIB));
    join(dispatcher, gpu("b", 2 * GIB));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    Failed failure = failed(candidate(0), reason);
    assertThat(report(dispatcher, "a", failure)).isEqualTo(new Reply.Accepted());
    assertThat(beat(dispatcher, "b", 1)).containsExactly(key(0));
    // Its answer was lost, and the worker names and tells it again.
    beat(dispatcher, "a", 1, key(0));
    assertThat(report(dispatcher, "a", failure)).isEqualTo(new Reply.Accepted());
    assertThat(outcome).isNotDone();
    Evaluation evaluation = trained(candidate(0));
    report(dispatcher, "b", evaluation);
    assertThat(outcome).isCompletedWithValue(evaluation);
  }

  @Test
  void aFailureThatTellsNoTimeCountsOnceUntilItsWorkerTriesAgain() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(false, 1, Duration.ZERO));
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    Failed failure = new Failed(candidate(0), FailureReason.MACHINE, "its slot died", null);
    report(dispatcher, "a", failure);
    for (int i = 0; i < 3; i++) {
      // Its answer was lost, and the worker names and tells it again.
      beat(dispatcher, "a", 0, key(0));
      assertThat(report(dispatcher, "a", failure)).isEqualTo(new Reply.Accepted());
    }
    assertThat(outcome).isNotDone();
    assertThat(dispatcher.state().retries()).isEqualTo(1);
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
    report(dispatcher, "a", failure);
    assertThat(outcome).isCompletedWithValue(failure);
  }

  @Test
  void oneThatNeverAsksIsNotWaitedForWithoutEnd() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("about-to-go"));
    submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    report(dispatcher, "a", failed(candidate(0), FailureReason.MACHINE));
    long end = nanos + Placement.PATIENCE_NANOS;
    while (nanos < end) {
      assertThat(beat(dispatcher, "a", 1)).isEmpty();
      assertThat(beat(dispatcher, "about-to-go", 0)).isEmpty();
      pass(Duration.ofSeconds(1));
    }
    pass(Duration.ofSeconds(1));
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
  }

  @Test
  void whatDoesNotFitAGpuIsTriedOnceOnALargerOne() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, gpu("small", GIB));
    join(dispatcher, gpu("same", GIB));
    join(dispatcher, gpu("large", 2 * GIB));
    join(dispatcher, gpu("largest", 3 * GIB));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "small", 1);
    report(dispatcher, "small", failed(candidate(0), FailureReason.MEMORY));
    assertThat(beat(dispatcher, "small", 1)).isEmpty();
    assertThat(beat(dispatcher, "same", 1)).isEmpty();
    assertThat(beat(dispatcher, "large", 1)).containsExactly(key(0));
    Failed last = failed(candidate(0), FailureReason.MEMORY);
    report(dispatcher, "large", last);
    assertThat(outcome).isCompletedWithValue(last);
  }

  @Test
  void whatFitsNoGpuThereIsIsToldAtOnce() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, gpu("a", GIB));
    join(dispatcher, gpu("b", GIB));
    hello(dispatcher, gpu("not-ready", 2 * GIB));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    report(dispatcher, "a", failed(candidate(0), FailureReason.MEMORY));
    assertThat(outcome).isDone();
  }

  @Test
  void aSmallGpusLateWordDoesNotEndWhatALargerOneTries() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, gpu("a", GIB));
    join(dispatcher, gpu("b", GIB));
    join(dispatcher, gpu("large", 2 * GIB));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "b", 0, key(0));
    beat(dispatcher, "a", 0, key(0));
    report(dispatcher, "a", failed(candidate(0), FailureReason.MEMORY));
    report(dispatcher, "b", failed(candidate(0), FailureReason.MEMORY));
    assertThat(outcome).isNotDone();
    assertThat(beat(dispatcher, "large", 1)).containsExactly(key(0));
  }

  @Test
  void nothingWaitsForALargeGpuThatIsGone() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, gpu("small", GIB));
    join(dispatcher, gpu("large", 2 * GIB));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "small", 1);
    report(dispatcher, "small", failed(candidate(0), FailureReason.MEMORY));
    assertThat(beat(dispatcher, "small", 1)).isEmpty();
    dispatcher.answer(new Request.Leave("large", "bye", false));
    assertThat(beat(dispatcher, "small", 1)).containsExactly(key(0));
    report(dispatcher, "small", failed(candidate(0), FailureReason.MEMORY));
    assertThat(outcome).isDone();
  }

  @Test
  void aLargeGpuThatFailedOnceTriesAgainIfItIsTheOnlyOne() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, gpu("small", GIB));
    join(dispatcher, gpu("large", 2 * GIB));
    submit(dispatcher, 0);
    beat(dispatcher, "small", 1);
    report(dispatcher, "small", failed(candidate(0), FailureReason.MEMORY));
    beat(dispatcher, "large", 1);
    report(dispatcher, "large", failed(candidate(0), FailureReason.MACHINE));
    assertThat(beat(dispatcher, "small", 1)).isEmpty();
    assertThat(beat(dispatcher, "large", 1)).containsExactly(key(0));
  }

  @Test
  void aGpuOfUnknownMemoryIsNotTriedWithoutEnd() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, gpu("unknown", 0));
    join(dispatcher, gpu("large", GIB));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "unknown", 1);
    report(dispatcher, "unknown", failed(candidate(0), FailureReason.MEMORY));
    assertThat(outcome).isNotDone();
    assertThat(beat(dispatcher, "unknown", 1)).isEmpty();
    assertThat(beat(dispatcher, "large", 1)).containsExactly(key(0));
  }

  @Test
  void whatCandidatesDoWrongIsToldAtOnce() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(false, 5, Duration.ZERO));
    join(dispatcher, cpu("a"));
    join(dispatcher, gpu("large", 100 * GIB));
    List<FailureReason> reasons =
        List.of(
            FailureReason.DIVERGED,
            FailureReason.STEPS,
            FailureReason.INVALID,
            FailureReason.MEMORY);
    for (int i = 0; i < reasons.size(); i++) {
      CompletableFuture<Evaluation> outcome = submit(dispatcher, i);
      beat(dispatcher, "a", 1);
      Failed failure = failed(candidate(i), reasons.get(i));
      report(dispatcher, "a", failure);
      assertThat(outcome).isCompletedWithValue(failure);
    }
  }

  // --- who does what

  @Test
  void scoresGoBeforeTrainings() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    submit(dispatcher, 0);
    CompletableFuture<ProxyAnswer> second = dispatcher.submit(score(9));
    dispatcher.submit(score(1));
    assertThat(beat(dispatcher, "a", 2))
        .containsExactly(WorkKeys.of(score(9)), WorkKeys.of(score(1)));
    Result.Scored result = new Result.Scored(Map.of(ZeroCostProxy.SYNFLOW, 4.5), false);
    Request.Report report =
        ClusterSamples.report("a", ClusterSamples.RUN, WorkKeys.of(score(9)), result);
    assertThat(dispatcher.answer(report)).isEqualTo(new Reply.Accepted());
    assertThat(second).isCompletedWithValue(ProxyAnswer.of(result.values()));
    assertThat(dispatcher.answer(report)).isEqualTo(new Reply.Accepted());
    assertThat(beat(dispatcher, "a", 1, WorkKeys.of(score(1)))).containsExactly(key(0));
  }

  @Test
  void theSameScoreIsComputedOnceAtATime() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<ProxyAnswer> one = dispatcher.submit(score(1));
    CompletableFuture<ProxyAnswer> two = dispatcher.submit(score(1));
    assertThat(beat(dispatcher, "a", 2)).hasSize(1);
    String key = WorkKeys.of(score(1));
    Request.Report lost =
        ClusterSamples.report("a", ClusterSamples.RUN, key, new Result.Scored(Map.of(), true));
    dispatcher.answer(lost);
    assertThat(one).as("a machine may do better").isNotDone();
    dispatcher.answer(lost);
    assertThat(one).as("told twice it counts once").isNotDone();
    assertThat(beat(dispatcher, "a", 2)).containsExactly(key);
    dispatcher.answer(lost);
    assertThat(one).isCompletedWithValue(ProxyAnswer.LOST);
    assertThat(two).isCompletedWithValue(ProxyAnswer.LOST);
    dispatcher.submit(score(1));
    assertThat(beat(dispatcher, "a", 2)).containsExactly(key);
  }

  @Test
  void aLostScoreDoesNotEndWhatAnotherComputes() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(false, 0, Duration.ZERO));
    join(dispatcher, cpu("a"));
    join(dispatcher, cpu("b"));
    CompletableFuture<ProxyAnswer> score = dispatcher.submit(score(1));
    String key = WorkKeys.of(score(1));
    beat(dispatcher, "a", 1);
    beat(dispatcher, "b", 0, key);
    Result.Scored lost = new Result.Scored(Map.of(), true);
    dispatcher.answer(ClusterSamples.report("a", ClusterSamples.RUN, key, lost));
    assertThat(score).isNotDone();
    dispatcher.answer(ClusterSamples.report("b", ClusterSamples.RUN, key, lost));
    assertThat(score).isCompletedWithValue(ProxyAnswer.LOST);
  }

  @Test
  void scoresNobodyAskedForAreForgottenAfterAWhile() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    Request.Report report =
        ClusterSamples.report(
            "a", ClusterSamples.RUN, WorkKeys.of(score(1)), new Result.Scored(Map.of(), true));
    assertThat(dispatcher.answer(report)).isInstanceOf(Reply.Later.class);
    for (int i = 0; i < 7; i++) {
      pass(Duration.ofSeconds(10));
      beat(dispatcher, "a", 0);
    }
    assertThat(dispatcher.answer(report)).isEqualTo(new Reply.Accepted());
  }

  @Test
  void inAMixedClusterGpusTakeTheDearestAndCpusTheCheapest() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan(true, 1, Duration.ZERO));
    join(dispatcher, cpu("a"), CLASS);
    join(dispatcher, gpu("b", GIB), "cuda");
    for (int number : new int[] {4, 1, 3, 2}) {
      submit(dispatcher, number);
    }
    assertThat(beat(dispatcher, "b", 1)).containsExactly(key(4));
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(1));
    dispatcher.submit(score(1));
    assertThat(beat(dispatcher, "b", 2, key(4))).containsExactly(WorkKeys.of(score(1)), key(3));
    assertThat(beat(dispatcher, "a", 9, key(1))).containsExactly(key(2));
  }

  // --- the end

  @Test
  void closingEndsAllWaiting() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    dispatcher.close(new CancellationException("over"));
    assertThat(outcome).isCompletedExceptionally();
    assertThat(dispatcher.first()).isCompletedExceptionally();
    assertThat(dispatcher.submit(candidate(1))).isCompletedExceptionally();
    assertThat(dispatcher.submit(score(1))).isCompletedExceptionally();
    join(dispatcher, cpu("a"));
    assertThat(beat(dispatcher, "a", 2)).isEmpty();
    assertThat(report(dispatcher, "a", trained(candidate(0)))).isInstanceOf(Reply.Later.class);
  }

  @Test
  void aDiskThatFailsEndsAllWaiting() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    beat(dispatcher, "a", 1);
    Completed evaluation = (Completed) outcome(candidate(0), execution(1));
    byte[] bytes = ClusterSamples.weights(candidate(0));
    Files.delete(weights);
    Request.Put put = new Request.Put("a", evaluation.weights(), 0, bytes.length, bytes);
    assertThatThrownBy(() -> dispatcher.answer(put)).isInstanceOf(RunStorageException.class);
    assertThat(outcome).isCompletedExceptionally();
    Files.createDirectory(weights);
  }

  @Test
  void aSlowDiskIsNobodysSilence() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = dispatcher.submit(candidate(0));
    List<Integer> slots = new ArrayList<>();
    outcome.thenAccept(
        evaluation -> {
          pass(LEASE.multipliedBy(2));
          dispatcher.expire();
          slots.add(dispatcher.slots());
          dispatcher.kept(evaluation);
        });
    beat(dispatcher, "a", 1);
    assertThat(report(dispatcher, "a", trained(candidate(0)))).isEqualTo(new Reply.Accepted());
    assertThat(slots).as("while it waits for its answer").containsExactly(2);
    pass(LEASE);
    dispatcher.expire();
    assertThat(dispatcher.slots()).as("a lease after the answer").isEqualTo(2);
    nanos++;
    dispatcher.expire();
    assertThat(dispatcher.slots()).isZero();
  }

  @Test
  void imagesThatAreGoneAreToldHereByTheNameOfTheirFile() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    ClusterImages images = ClusterSamples.plan().images().get(0);
    assertThat(images.file()).doesNotExist();
    Request.Get get = new Request.Get("a", FileKind.IMAGES, images.hash(), 0);
    assertThat(dispatcher.answer(get)).isEqualTo(new Reply.Missing());
    assertThat(told.get(told.size() - 1))
        .contains(images.file().toString())
        .contains("decoded anew");
  }

  // --- strangers

  @Test
  void nobodyTakesMoreThanItHasSlotsFor() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    for (int i = 0; i < 5; i++) {
      submit(dispatcher, i);
    }
    assertThat(dispatcher.slots()).isEqualTo(2);
    assertThat(beat(dispatcher, "a", 1_000_000)).containsExactly(key(0), key(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../a", "a/b", "a.b", "a\0", "ä", "a a"})
  void aWorkersNameIsNoPath(String name) {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    for (Request request :
        List.of(
            new Request.Hello(name, cpu("a")),
            new Request.Put(name, "0".repeat(64), 0, 9, new byte[1]),
            new Request.Leave(name, "", false))) {
      assertThatThrownBy(() -> dispatcher.answer(request)).isInstanceOf(IOException.class);
    }
    assertThat(weights).isEmptyDirectory();
    assertThatThrownBy(() -> dispatcher.answer(new Request.Leave("a".repeat(65), "", false)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../etc/passwd", "ABCDEF", "0", "/etc/passwd"})
  void aHashIsNoPath(String hash) throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    submit(dispatcher, 0);
    Completed completed = (Completed) outcome(candidate(0), execution(1));
    Completed other =
        new Completed(
            completed.candidate(), completed.scores(), List.of(), hash, 1, 0, execution(1));
    assertThatThrownBy(() -> dispatcher.answer(new Request.Put("a", hash, 0, 1, new byte[1])))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> dispatcher.answer(new Request.Get("a", FileKind.WEIGHTS, hash, 0)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> report(dispatcher, "a", other)).isInstanceOf(IOException.class);
    assertThat(dispatcher.answer(new Request.Get("a", FileKind.IMAGES, hash, 0)))
        .isEqualTo(new Reply.Missing());
    assertThat(weights).isEmptyDirectory();
  }

  @Test
  void sizesAndOffsetsThatCannotBeAreRefused() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    String hash = "0".repeat(64);
    for (long[] offsetAndSize :
        new long[][] {{-1, 9}, {0, -1}, {0, 1}, {8, 9}, {Long.MAX_VALUE, 9}, {0, Long.MAX_VALUE}}) {
      Request.Put put = new Request.Put("a", hash, offsetAndSize[0], offsetAndSize[1], new byte[2]);
      assertThatThrownBy(() -> dispatcher.answer(put))
          .as(Arrays.toString(offsetAndSize))
          .isInstanceOf(IOException.class);
    }
    assertThat(weights).isEmptyDirectory();
    Evaluation evaluation = trained(candidate(0));
    String there = ((Completed) evaluation).weights();
    for (long offset : new long[] {-1, 1000, Long.MAX_VALUE}) {
      assertThatThrownBy(
              () -> dispatcher.answer(new Request.Get("a", FileKind.WEIGHTS, there, offset)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void weightsThatAreNotThoseOfTheirHashAreRefusedAndGone() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    Request.Put put = new Request.Put("a", "0".repeat(64), 0, 3, new byte[3]);
    assertThatThrownBy(() -> dispatcher.answer(put)).isInstanceOf(IOException.class);
    try (Stream<Path> files = Files.list(weights)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void resultsThatAreNoneAreRefusedAndTheWorkGoesOn() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    CompletableFuture<ProxyAnswer> answer = dispatcher.submit(score(1));
    beat(dispatcher, "a", 2);
    Evaluation evaluation = trained(candidate(0));
    String json = EvaluationJson.write(evaluation);
    List<Request> bad = new ArrayList<>();
    for (String text : List.of("", "[]", "{}", "null", json.substring(1), json.replace("7", "x"))) {
      bad.add(ClusterSamples.report("a", ClusterSamples.RUN, key(0), ClusterSamples.result(text)));
    }
    bad.add(ClusterSamples.report("a", ClusterSamples.RUN, key(1), ClusterSamples.result(json)));
    bad.add(
        ClusterSamples.report(
            "a",
            ClusterSamples.RUN,
            WorkKeys.of(score(1)),
            new Result.Scored(Map.of(ZeroCostProxy.SYNFLOW, 1.0), true)));
    for (Request request : bad) {
      assertThatThrownBy(() -> dispatcher.answer(request))
          .as(request.toString())
          .isInstanceOf(IOException.class);
    }
    assertThat(outcome).isNotDone();
    assertThat(answer).isNotDone();
    assertThat(report(dispatcher, "a", evaluation)).isEqualTo(new Reply.Accepted());
    assertThat(beat(dispatcher, "a", 2)).containsExactly(WorkKeys.of(score(1)));
  }

  @Test
  void aResultOfTheWrongKindSettlesNothing() throws IOException {
    Dispatcher dispatcher = dispatcher(ClusterSamples.plan());
    join(dispatcher, cpu("a"));
    CompletableFuture<Evaluation> outcome = submit(dispatcher, 0);
    dispatcher.answer(
        ClusterSamples.report("a", ClusterSamples.RUN, key(0), new Result.Scored(Map.of(), true)));
    assertThat(outcome).isNotDone();
    assertThat(beat(dispatcher, "a", 1)).containsExactly(key(0));
  }
}
