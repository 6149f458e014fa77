package org.finchnas.coordinator.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.finchnas.coordinator.Toy;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.ClusterEvaluator;
import org.finchnas.coordinator.cluster.ClusterImages;
import org.finchnas.coordinator.cluster.ClusterListener;
import org.finchnas.coordinator.cluster.ClusterPlan;
import org.finchnas.coordinator.cluster.ClusterSamples;
import org.finchnas.coordinator.cluster.Dispatcher;
import org.finchnas.coordinator.cluster.WorkKeys;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Reply.SlotSettings;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Wire;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.RunException;
import org.finchnas.coordinator.run.RunStorageException;
import org.finchnas.data.DataSets;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker's threads against a coordinator of the same process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@SuppressWarnings("FutureReturnValueIgnored") // what is wanted is told by answers, not waited for
class WorkerNodeTest {

  private static final int IMAGE_SIZE = 300;
  private static final long LIMIT_SECONDS = 30;
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir static Path pictures;

  private static String imagesHash = "";
  private static Path imagesFile = Path.of("");

  @TempDir Path directory;

  private final BlockingQueue<FakeSite> sites = new LinkedBlockingQueue<>();
  private final List<FakeSite> allSites = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
  private final List<ClusterEvaluator> coordinators = new ArrayList<>();
  private final List<WorkerNode> nodes = new ArrayList<>();
  private final List<CompletableFuture<Void>> ends = new ArrayList<>();
  private MemoryLink link;
  private ClusterEvaluator coordinator;

  @BeforeAll
  static void draw() throws IOException {
    for (String label : List.of("cat", "dog")) {
      File folder = Files.createDirectories(pictures.resolve("set").resolve(label)).toFile();
      for (int i = 0; i < 4; i++) {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(label.hashCode() * 31 + i * 40));
        graphics.fillRect(i, i, 10, 10);
        graphics.dispose();
        ImageIO.write(image, "png", new File(folder, i + ".png"));
      }
    }
    Path cache = pictures.resolve("cache");
    imagesHash = DataSets.open(dataSet(), IMAGE_SIZE, null, cache).contentHash();
    imagesFile = DataSets.file(dataSet(), IMAGE_SIZE, null, cache);
  }

  private static String dataSet() {
    return "images:" + pictures.resolve("set");
  }

  @BeforeEach
  void begin() {
    coordinator = coordinator("run-1");
    link = new MemoryLink(coordinator);
  }

  @AfterEach
  void end() throws Exception {
    link.cut(request -> false);
    nodes.forEach(WorkerNode::leave);
    allSites.forEach(FakeSite::close);
    for (CompletableFuture<Void> end : ends) {
      end.exceptionally(error -> null).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    coordinators.forEach(ClusterEvaluator::close);
  }

  private ClusterEvaluator coordinator(String run) {
    return coordinator(run, dataSet(), imagesFile);
  }

  private ClusterEvaluator coordinator(String run, String dataSet, Path images) {
    return coordinator(run, dataSet, images, 1);
  }

  private ClusterEvaluator coordinator(String run, String dataSet, Path images, long splitSeed) {
    ClusterPlan plan =
        new ClusterPlan(
            run,
            ClusterSamples.BUILD,
            ClusterSamples.task(dataSet, splitSeed),
            List.of(new ClusterImages(IMAGE_SIZE, imagesHash, images)),
            null,
            false,
            new SlotSettings(1, 60),
            ClusterSamples.LEASE,
            Duration.ZERO);
    Path weights = weights(run);
    try {
      Files.createDirectories(weights);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ClusterEvaluator made =
        new ClusterEvaluator(
            new Dispatcher(
                plan, weights, List.of(), any -> 1, ClusterListener.NONE, System::nanoTime));
    coordinators.add(made);
    return made;
  }

  private Path weights(String run) {
    return directory.resolve("weights-" + run);
  }

  private WorkerNode node(Duration drain) {
    return node(drain, ClusterSamples.cpu("a"));
  }

  private WorkerNode node(Duration drain, Introduction introduction) {
    return node(drain, introduction, (task, settings, logs) -> fakeSite(task));
  }

  private FakeSite fakeSite(TrainingTask task) {
    FakeSite site = new FakeSite(task, images());
    allSites.add(site);
    sites.add(site);
    return site;
  }

  private WorkerNode node(Duration drain, Introduction introduction, SiteStarter starter) {
    WorkerParams params =
        new WorkerParams(
            introduction, directory.resolve("worker"), null, directory.resolve("cache"), drain);
    WorkerListener listener =
        new WorkerListener() {
          @Override
          public void said(String line) {
            said.add(line);
          }

          @Override
          public void delivered(String key, int waiting) {
            delivered.add(key);
          }
        };
    WorkerNode node = new WorkerNode(params, link, starter, listener);
    nodes.add(node);
    return node;
  }

  private static SlotMessage.Ready images() {
    return new SlotMessage.Ready(imagesHash, 3, List.of("cat", "dog"), 6, 2);
  }

  private CompletableFuture<Void> start(WorkerNode node) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                node.run();
                end.complete(null);
              } catch (InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
              }
            },
            "worker");
    thread.setDaemon(true);
    thread.start();
    ends.add(end);
    return end;
  }

  private FakeSite site() throws InterruptedException {
    FakeSite site = sites.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(site).as("a site").isNotNull();
    return site;
  }

  private static CompletableFuture<Evaluation> submit(
      ClusterEvaluator coordinator, Candidate candidate) {
    CompletableFuture<Evaluation> outcome = coordinator.submit(candidate);
    return outcome.thenApply(
        evaluation -> {
          coordinator.kept(evaluation);
          return evaluation;
        });
  }

  private CompletableFuture<Evaluation> submit(int number) {
    return submit(coordinator, ClusterSamples.candidate(number));
  }

  private static <V> V get(CompletableFuture<V> future) throws Exception {
    return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Throwable failure(CompletableFuture<Void> end) throws Exception {
    try {
      get(end);
      throw new AssertionError("The worker ended well.");
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  private Path runFolder(String run) {
    return directory.resolve("worker").resolve("runs").resolve(run);
  }

  // --- work

  @Test
  void trainsAndDeliversWithWeightsInPieces() throws Exception {
    CompletableFuture<Evaluation> first = submit(0);
    CompletableFuture<Evaluation> second = submit(1);
    submit(2);
    start(node(LONG));
    FakeSite site = site();
    assertThat(site.task.dataSet()).isEqualTo(dataSet());
    byte[] weights = bytes(2 * Wire.PIECE_BYTES + 1);
    Evaluation evaluation = site.complete(0, weights);
    assertThat(get(first)).isEqualTo(evaluation);
    assertThat(weights("run-1").resolve(ClusterSamples.hash(weights) + ".safetensors"))
        .hasBinaryContent(weights);
    assertThat(link.heard(Request.Put.class)).hasSize(3);
    site.await(2);
    site.complete(1, bytes(1));
    get(second);
    assertThat(site.submitted()).containsExactly(0, 1, 2);
  }

  @Test
  void takesAnOrderOnce() throws Exception {
    List<Work> before = new CopyOnWriteArrayList<>();
    link.disturb(
        reply -> {
          if (reply instanceof Reply.Orders orders && !orders.work().isEmpty()) {
            before.addAll(orders.work());
            return new Reply.Orders(before, orders.cancel(), orders.nextMillis());
          }
          return reply;
        });
    submit(0);
    start(node(LONG));
    FakeSite site = site();
    site.await(0);
    submit(1);
    site.await(1);
    assertThat(site.submitted()).containsExactly(0, 1);
  }

  @Test
  void tellsAResultUntilItIsDurable() throws Exception {
    CountDownLatch notYet = new CountDownLatch(2);
    link.disturb(
        reply -> {
          if (reply instanceof Reply.Later) {
            notYet.countDown();
          }
          return reply;
        });
    CompletableFuture<Evaluation> outcome = coordinator.submit(ClusterSamples.candidate(0));
    start(node(LONG));
    Evaluation evaluation = site().complete(0, bytes(10));
    assertThat(get(outcome)).isEqualTo(evaluation);
    assertThat(notYet.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(runFolder("run-1").resolve("outbox")).isNotEmptyDirectory();
    coordinator.kept(evaluation);
    assertThat(delivered.poll(LIMIT_SECONDS, TimeUnit.SECONDS))
        .isEqualTo(WorkKeys.of(evaluation.candidate()));
    assertThat(runFolder("run-1").resolve("outbox")).isEmptyDirectory();
  }

  @Test
  void computesProxies() throws Exception {
    start(node(LONG));
    ProxyRequest request =
        new ProxyRequest(Toy.architecture(1, 4), Toy.FIDELITY, 1, Set.of(ZeroCostProxy.SYNFLOW));
    ProxyAnswer answer = get(coordinator.submit(request));
    assertThat(answer.values()).containsEntry(ZeroCostProxy.SYNFLOW, 7.0);
  }

  private Candidate heir(byte[] parent) {
    return heir(5, parent);
  }

  private Candidate heir(int number, byte[] parent) {
    Start start = new Start(Start.Kind.INHERITED, 3, ClusterSamples.hash(parent), 0);
    return new Candidate(number, Toy.architecture(1, 4), Toy.FIDELITY, 1, 3, start);
  }

  private byte[] parent() throws IOException {
    return parent(Wire.PIECE_BYTES + 7);
  }

  private byte[] parent(int size) throws IOException {
    byte[] parent = bytes(size);
    Files.write(weights("run-1").resolve(ClusterSamples.hash(parent) + ".safetensors"), parent);
    return parent;
  }

  private void requireThere(FakeSite site, byte[] weights) {
    assertThat(
            Path.of(site.task.weightsDirectory())
                .resolve(ClusterSamples.hash(weights) + ".safetensors"))
        .hasBinaryContent(weights);
  }

  @Test
  void fetchesTheWeightsATrainingStartsFrom() throws Exception {
    byte[] parent = parent();
    submit(coordinator, heir(parent));
    start(node(LONG));
    FakeSite site = site();
    site.await(5);
    requireThere(site, parent);
    assertThat(link.heard(Request.Get.class)).hasSize(2);
  }

  @Test
  void fetchesAgainWhatWasDamagedHere() throws Exception {
    byte[] parent = parent();
    RunFolder folder = RunFolder.open(directory.resolve("worker"), "run-1");
    Files.write(folder.weights().resolve(ClusterSamples.hash(parent) + ".safetensors"), bytes(100));
    submit(coordinator, heir(parent));
    start(node(LONG));
    FakeSite site = site();
    site.await(5);
    requireThere(site, parent);
  }

  /** Damages the first pieces of files that come by. */
  private void damage(int pieces) {
    AtomicInteger left = new AtomicInteger(pieces);
    link.disturb(
        reply -> {
          if (reply instanceof Reply.Piece piece && left.getAndDecrement() > 0) {
            byte[] bytes = piece.bytes().clone();
            bytes[bytes.length / 2]++;
            return new Reply.Piece(piece.size(), bytes);
          }
          return reply;
        });
  }

  @Test
  void fetchesAgainWhatArrivesDamaged() throws Exception {
    byte[] parent = parent();
    damage(1);
    submit(coordinator, heir(parent));
    start(node(LONG));
    FakeSite site = site();
    site.await(5);
    requireThere(site, parent);
    assertThat(link.heard(Request.Get.class)).hasSize(4);
  }

  @Test
  void whereAllThatArrivesIsDamagedOnlyThatCandidateFails() throws Exception {
    damage(Integer.MAX_VALUE);
    CompletableFuture<Evaluation> outcome = submit(coordinator, heir(parent()));
    CompletableFuture<Void> end = start(node(LONG));
    Evaluation.Failed failed = (Evaluation.Failed) get(outcome);
    assertThat(failed.reason()).isEqualTo(FailureReason.MACHINE);
    assertThat(failed.message()).contains("damaged");
    assertThat(end).isNotDone();
  }

  @Test
  void whereTheCoordinatorHasNoSuchWeightsTheSearchEnds() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(coordinator, heir(bytes(9)));
    CompletableFuture<Void> end = start(node(LONG));
    assertThatThrownBy(() -> get(outcome))
        .hasCauseInstanceOf(RunException.class)
        .hasMessageContaining(ClusterSamples.hash(bytes(9)));
    assertThat(end).as("no worker is to blame").isNotDone();
  }

  @Test
  void goesOnFetchingWhenTheCoordinatorIsBack() throws Exception {
    byte[] parent = parent();
    CountDownLatch tried = new CountDownLatch(1);
    link.cut(
        request -> {
          boolean cut = request instanceof Request.Get get && get.offset() > 0;
          if (cut) {
            tried.countDown();
          }
          return cut;
        });
    submit(coordinator, heir(parent));
    start(node(LONG));
    assertThat(tried.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    FakeSite site = site();
    assertThat(site.submitted()).isEmpty();
    link.cut(request -> false);
    site.await(5);
    requireThere(site, parent);
  }

  // --- a coordinator that is away

  @Test
  void waitsForACoordinator() throws Exception {
    link.cut(request -> true);
    start(node(LONG));
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("cut");
    CompletableFuture<Evaluation> outcome = submit(0);
    link.cut(request -> false);
    site().complete(0, bytes(1));
    get(outcome);
  }

  @Test
  void saysOnceWhyThereIsNoCoordinatorAndAgainWhenTheReasonIsAnother() throws Exception {
    link.cutOff("nobody listens");
    start(node(LONG));
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("nobody listens");
    link.cutOff("another cluster");
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("another cluster");
    CountDownLatch manyTimes = new CountDownLatch(3);
    link.cutOff("nobody listens");
    link.cut(
        request -> {
          manyTimes.countDown();
          return true;
        });
    assertThat(manyTimes.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    link.cut(request -> false);
    site();
    assertThat(said).isEmpty();
  }

  @Test
  void trainsWhileCutOffAndDeliversAfterwards() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(0);
    start(node(LONG));
    FakeSite site = site();
    site.await(0);
    link.cut(request -> true);
    Evaluation evaluation = site.complete(0, bytes(10));
    assertThat(outcome).isNotDone();
    link.cut(request -> false);
    assertThat(get(outcome)).isEqualTo(evaluation);
  }

  @Test
  void saysOnceThatItsCoordinatorIsAwayAndOnceThatItIsBack() throws Exception {
    submit(0);
    start(node(LONG));
    site().await(0);
    AtomicInteger unanswered = new AtomicInteger();
    CountDownLatch manyTimes = new CountDownLatch(5);
    link.cut(
        request -> {
          if (request instanceof Request.Beat) {
            unanswered.incrementAndGet();
            manyTimes.countDown();
          }
          return true;
        });
    assertThat(manyTimes.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    link.cut(request -> false);
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("No answer (cut)");
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("answers again");
    assertThat(said).isEmpty();
  }

  @Test
  void aResultThatTheCoordinatorCanNeverTakeIsAFailureOfThisMachine() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(0);
    start(node(LONG));
    FakeSite site = site();
    for (int attempt = 0; attempt < 2; attempt++) {
      site.completeUnreadably(0);
    }
    Evaluation.Failed failed = (Evaluation.Failed) get(outcome);
    assertThat(failed.reason()).isEqualTo(FailureReason.MACHINE);
    assertThat(failed.message()).contains("not taken");
    assertThat(site.submitted()).containsExactly(0, 0);
  }

  @Test
  void weightsThatTheCoordinatorCanNeverTakeAreAFailureOfThisMachine() throws Exception {
    link.disturb(
        reply ->
            reply instanceof Reply.WantsWeights wants && wants.offset() > 0
                ? new Reply.Invalid("of no use")
                : reply);
    CompletableFuture<Evaluation> outcome = submit(0);
    start(node(LONG));
    FakeSite site = site();
    byte[] weights = bytes(Wire.PIECE_BYTES + 1);
    for (int attempt = 0; attempt < 2; attempt++) {
      site.complete(0, weights);
    }
    Evaluation.Failed failed = (Evaluation.Failed) get(outcome);
    assertThat(failed.reason()).isEqualTo(FailureReason.MACHINE);
    assertThat(failed.message()).contains("not taken: of no use");
    assertThat(site.submitted()).containsExactly(0, 0);
  }

  @Test
  void aReplyThatIsLostCountsNothingTwice() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(0);
    start(node(LONG));
    FakeSite site = site();
    site.await(0);
    AtomicInteger reports = new AtomicInteger();
    // The link asks before and after the coordinator has acted: the first replies are lost.
    link.cut(
        request ->
            request instanceof Request.Report
                && reports.incrementAndGet() % 2 == 0
                && reports.get() < 6);
    site.complete(0, bytes(10));
    get(outcome);
    CompletableFuture<Evaluation> next = submit(1);
    site.complete(1, bytes(11));
    get(next);
    assertThat(site.submitted()).containsExactly(0, 1);
  }

  @Test
  void keepsWhatItHasInHandWhenTheCoordinatorIsAnother() throws Exception {
    submit(0);
    start(node(LONG));
    FakeSite site = site();
    site.await(0);
    ClusterEvaluator next = coordinator("run-1");
    CompletableFuture<Evaluation> outcome = submit(next, ClusterSamples.candidate(0));
    link.leadTo(next);
    get(next.firstWorker());
    Evaluation evaluation = site.complete(0, bytes(10));
    assertThat(get(outcome)).isEqualTo(evaluation);
    assertThat(site.submitted()).containsExactly(0);
    assertThat(site.closed).isNotDone();
  }

  @Test
  void beginsAfreshWhereTheSameRunIsToBeTrainedOtherwise() throws Exception {
    submit(0);
    start(node(LONG));
    FakeSite site = site();
    site.await(0);
    ClusterEvaluator next = coordinator("run-1", dataSet(), imagesFile, 5);
    CompletableFuture<Evaluation> outcome = submit(next, ClusterSamples.candidate(0));
    link.leadTo(next);
    get(site.closed);
    Evaluation evaluation = site().complete(0, bytes(10));
    assertThat(get(outcome)).isEqualTo(evaluation);
  }

  @Test
  void servesOneRunAfterAnotherAndForgetsNoResult() throws Exception {
    submit(0);
    start(node(LONG));
    FakeSite site = site();
    site.await(0);
    ClusterEvaluator other = coordinator("run-2");
    CompletableFuture<Evaluation> otherOutcome = submit(other, ClusterSamples.candidate(7));
    link.cut(request -> true);
    Evaluation evaluation = site.complete(0, bytes(10));
    link.leadTo(other);
    link.cut(request -> false);
    FakeSite next = site();
    get(site.closed);
    next.complete(7, bytes(11));
    get(otherOutcome);
    assertThat(runFolder("run-1").resolve("outbox")).isNotEmptyDirectory();

    ClusterEvaluator again = coordinator("run-1");
    CompletableFuture<Evaluation> outcome = submit(again, ClusterSamples.candidate(0));
    link.leadTo(again);
    assertThat(get(outcome)).isEqualTo(evaluation);
    assertThat(site().submitted()).isEmpty();
  }

  @Test
  void deliversWhatItsProcessBeforeHadFinished() throws Exception {
    RunFolder folder = RunFolder.open(directory.resolve("worker"), "run-1");
    Candidate candidate = ClusterSamples.candidate(0);
    Evaluation evaluation = ClusterSamples.outcome(candidate, ClusterSamples.execution(1));
    byte[] weights = ClusterSamples.weights(candidate);
    Files.write(folder.weights().resolve(ClusterSamples.hash(weights) + ".safetensors"), weights);
    Outbox.open(folder.outbox()).put(WorkKeys.of(candidate), ClusterSamples.result(evaluation));
    CompletableFuture<Evaluation> outcome = submit(0);
    start(node(LONG));
    assertThat(get(outcome)).isEqualTo(evaluation);
    assertThat(site().submitted()).isEmpty();
  }

  @Test
  void aResultWhoseWeightsAreGoneIsMadeAgain() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(0);
    start(node(LONG));
    FakeSite site = site();
    site.await(0);
    link.cut(request -> request instanceof Request.Report || request instanceof Request.Put);
    byte[] weights = bytes(10);
    site.complete(0, weights);
    Files.delete(
        Path.of(site.task.weightsDirectory())
            .resolve(ClusterSamples.hash(weights) + ".safetensors"));
    submit(1);
    site.await(1);
    link.cut(request -> false);
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("gone or damaged");
    site.complete(0, weights);
    get(outcome);
    assertThat(site.submitted()).containsExactly(0, 1, 0);
  }

  // --- another worker with the same in hand

  private Reply ask(Request request) throws IOException {
    return Wire.reply(coordinator.answer(Wire.encode(request)));
  }

  /** A worker with a candidate in hand and so many of its epochs done. */
  private Reply.Orders rival(int number, int epochs) throws IOException {
    ask(new Request.Hello("0-rival", ClusterSamples.cpu("rival")));
    ask(new Request.Ready("0-rival", 1, ClusterSamples.CLASS, images()));
    String key = WorkKeys.of(ClusterSamples.candidate(number));
    return (Reply.Orders) ask(new Request.Beat("0-rival", 0, List.of(new Held(key, epochs))));
  }

  @Test
  void letsGoOfWhatAnotherIsFurtherWith() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(0);
    CompletableFuture<Void> end = start(node(LONG));
    FakeSite site = site();
    site.await(0);
    rival(0, 5);
    assertThat(get(site.ended(0))).isFalse();
    submit(1);
    site.await(1);
    assertThat(end).isNotDone();
    ask(new Request.Leave("0-rival", "bye", false));
    Evaluation evaluation = site.complete(0, bytes(10));
    assertThat(get(outcome)).isEqualTo(evaluation);
    assertThat(site.submitted()).containsExactly(0, 1, 0);
  }

  @Test
  void saysHowFarItIs() throws Exception {
    submit(0);
    WorkerNode node = node(LONG);
    start(node);
    Candidate candidate = site().await(0);
    String key = WorkKeys.of(candidate);
    CountDownLatch beforeAndAfter = new CountDownLatch(2);
    link.cut(
        request -> {
          if (request instanceof Request.Beat beat && beat.held().contains(new Held(key, 7))) {
            beforeAndAfter.countDown();
          }
          return false;
        });
    node.progressed(candidate, 7);
    assertThat(beforeAndAfter.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(rival(0, 6).cancel()).containsExactly(key);
  }

  // --- going

  @Test
  void lettingGoItEndsWhatIsInTrainingAndTakesNoMore() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(0);
    WorkerNode node = node(LONG);
    CompletableFuture<Void> end = start(node);
    FakeSite site = site();
    site.await(0);
    node.leave();
    submit(1);
    assertThat(end).isNotDone();
    site.complete(0, bytes(10));
    get(outcome);
    get(end);
    assertThat(site.submitted()).containsExactly(0);
    assertThat(site.closed).isDone();
    assertThat(link.heard(Request.Leave.class))
        .extracting(Request.Leave::reason)
        .containsExactly("it was told to go");
    assertThat(link.heard(Request.Leave.class).get(0).failed()).isFalse();
    assertThat(coordinator.state().waiting()).isEqualTo(1);
    assertThat(coordinator.state().workers()).isEmpty();
  }

  @Test
  void lettingGoItTakesNoOrderThatIsOnItsWay() throws Exception {
    submit(0);
    WorkerNode node = node(LONG);
    link.disturb(
        reply -> {
          if (reply instanceof Reply.Orders orders && !orders.work().isEmpty()) {
            node.leave();
          }
          return reply;
        });
    get(start(node));
    assertThat(site().submitted()).isEmpty();
    assertThat(coordinator.state().waiting()).isEqualTo(1);
  }

  @Test
  void lettingGoItGivesUpWhatTakesTooLong() throws Exception {
    CompletableFuture<Evaluation> outcome = submit(0);
    WorkerNode node = node(Duration.ofMillis(50));
    CompletableFuture<Void> end = start(node);
    site().await(0);
    node.leave();
    get(end);
    assertThat(outcome).isNotDone();
    assertThat(coordinator.state().waiting()).isEqualTo(1);
  }

  @Test
  void lettingGoItDoesNotWaitForFilesForEver() throws Exception {
    CountDownLatch tried = new CountDownLatch(1);
    link.cut(
        request -> {
          boolean cut = request instanceof Request.Get;
          if (cut) {
            tried.countDown();
          }
          return cut;
        });
    submit(coordinator, heir(parent()));
    WorkerNode node = node(Duration.ofMillis(50));
    CompletableFuture<Void> end = start(node);
    assertThat(tried.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    link.cut(request -> true);
    node.leave();
    get(end);
    assertThat(site().submitted()).isEmpty();
  }

  @Test
  void lettingGoItGivesUpAllThatWaitsForFiles() throws Exception {
    CountDownLatch tried = new CountDownLatch(1);
    link.cut(
        request -> {
          boolean cut = request instanceof Request.Get;
          if (cut) {
            tried.countDown();
          }
          return cut;
        });
    submit(coordinator, heir(5, parent(10)));
    submit(coordinator, heir(6, parent(11)));
    WorkerNode node = node(Duration.ZERO);
    CompletableFuture<Void> end = start(node);
    assertThat(tried.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    node.leave();
    get(end);
    assertThat(coordinator.state().waiting()).isEqualTo(2);
  }

  @Test
  void lettingGoItStillTellsACoordinatorThatWasStartedAgain() throws Exception {
    submit(0);
    WorkerNode node = node(LONG);
    CompletableFuture<Void> end = start(node);
    FakeSite site = site();
    site.await(0);
    node.leave();
    ClusterEvaluator next = coordinator("run-1");
    CompletableFuture<Evaluation> outcome = submit(next, ClusterSamples.candidate(0));
    link.leadTo(next);
    get(next.firstWorker());
    Evaluation evaluation = site.complete(0, bytes(10));
    assertThat(get(outcome)).isEqualTo(evaluation);
    get(end);
    assertThat(site.submitted()).containsExactly(0);
  }

  @Test
  void lettingGoItSaysHelloAlsoWhenOnlyResultsAreLeft() throws Exception {
    submit(0);
    WorkerNode node = node(LONG);
    CompletableFuture<Void> end = start(node);
    FakeSite site = site();
    site.await(0);
    link.cut(request -> true);
    node.leave();
    Evaluation evaluation = site.complete(0, bytes(10));
    ClusterEvaluator next = coordinator("run-1");
    CompletableFuture<Evaluation> outcome = submit(next, ClusterSamples.candidate(0));
    link.leadTo(next);
    link.cut(request -> false);
    assertThat(get(outcome)).isEqualTo(evaluation);
    get(end);
  }

  @Test
  void lettingGoBetweenTwoCoordinatorsItStillEndsWhatIsInTraining() throws Exception {
    submit(0);
    WorkerNode node = node(LONG);
    CompletableFuture<Void> end = start(node);
    FakeSite site = site();
    site.await(0);
    link.cut(request -> request instanceof Request.Hello);
    link.leadTo(coordinator("run-1"));
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("No coordinator");
    node.leave();
    assertThat(site.closed).isNotDone();
    site.complete(0, bytes(10));
    get(end);
    assertThat(runFolder("run-1").resolve("outbox")).isNotEmptyDirectory();
  }

  @Test
  void lettingGoWithoutACoordinatorItGoesAtOnce() throws Exception {
    link.cut(request -> true);
    WorkerNode node = node(LONG);
    CompletableFuture<Void> end = start(node);
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
    node.leave();
    get(end);
  }

  /** Slots that are never ready. */
  private static TrainingSite startInVain(CountDownLatch begun) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nothing ends this");
    } catch (InterruptedException e) {
      throw new CancellationException("not wanted any more");
    }
  }

  @Test
  void goesAlsoWhileItsSlotsStart() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    WorkerNode node =
        node(LONG, ClusterSamples.cpu("a"), (task, settings, logs) -> startInVain(begun));
    CompletableFuture<Void> end = start(node);
    assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    node.leave();
    get(end);
    assertThat(coordinator.state().workers()).isEmpty();
  }

  // --- making ready takes its time

  @Test
  void saysThatItIsThereWhileItMakesReady() throws Exception {
    CountDownLatch greetings = new CountDownLatch(3);
    link.cut(
        request -> {
          if (request instanceof Request.Hello) {
            greetings.countDown();
          }
          return false;
        });
    WorkerNode node =
        node(
            LONG,
            ClusterSamples.cpu("a"),
            (task, settings, logs) -> startInVain(new CountDownLatch(1)));
    start(node);
    assertThat(greetings.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leavesOffWhereAnotherSearchBeganMeanwhile() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    WorkerNode node =
        node(
            LONG,
            ClusterSamples.cpu("a"),
            (task, settings, logs) -> begun.getCount() > 0 ? startInVain(begun) : fakeSite(task));
    start(node);
    assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    ClusterEvaluator other = coordinator("run-2");
    CompletableFuture<Evaluation> outcome = submit(other, ClusterSamples.candidate(0));
    link.leadTo(other);
    site().complete(0, bytes(10));
    get(outcome);
  }

  @Test
  void slotsThatAreReadyInVainAreClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    WorkerNode node =
        node(
            LONG,
            ClusterSamples.cpu("a"),
            (task, settings, logs) -> {
              begun.countDown();
              awaitWhateverComes(mayEnd);
              return fakeSite(task);
            });
    CompletableFuture<Void> end = start(node);
    assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    node.leave();
    mayEnd.countDown();
    get(end);
    get(site().closed);
  }

  /** As one that reads a large file does. */
  private static void awaitWhateverComes(CountDownLatch latch) {
    boolean ended = false;
    while (!ended) {
      try {
        ended = latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        // It goes on.
      }
    }
  }

  @Test
  void imagesAreNotLookedThroughAgainWhereTheCoordinatorForgotTheWorkerMeanwhile()
      throws Exception {
    link.leadTo(coordinator("run-1", "images:" + pictures.resolve("none"), imagesFile));
    AtomicInteger pieces = new AtomicInteger();
    link.disturb(
        reply ->
            reply instanceof Reply.Piece && pieces.getAndIncrement() == 0
                ? new Reply.Unknown()
                : reply);
    start(node(LONG));
    site();
    assertThat(said).hasSize(1);
    assertThat(said.poll()).startsWith("Fetching the images");
  }

  // --- what ends a worker

  @Test
  void anErrorWhileItDeliversEndsIt() throws Exception {
    submit(0);
    CompletableFuture<Void> end = start(node(LONG));
    FakeSite site = site();
    site.await(0);
    link.cut(
        request -> {
          if (request instanceof Request.Report) {
            throw new StackOverflowError("as if");
          }
          return false;
        });
    site.complete(0, bytes(10));
    assertThat(failure(end)).hasMessage("as if").hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void aResultThatCannotBeReadIsTold() throws Exception {
    Path file = RunFolder.open(directory.resolve("worker"), "run-1").outbox().resolve("a.report");
    Files.createDirectory(file);
    start(node(LONG));
    assertThat(said.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains(file.toString(), "kept");
    assertThat(file).exists();
  }

  @Test
  void aFullDiskEndsItAndOthersGetTheWork() throws Exception {
    submit(0);
    CompletableFuture<Void> end = start(node(LONG));
    FakeSite site = site();
    site.await(0);
    Path outbox = runFolder("run-1").resolve("outbox");
    Files.delete(outbox);
    Files.writeString(outbox, "no folder");
    site.complete(0, bytes(10));
    assertThat(failure(end))
        .isInstanceOf(RunStorageException.class)
        .hasMessageContaining(outbox.toString())
        .hasMessageContaining("--dir")
        .hasMessageNotContaining("finch resume");
    assertThat(site.closed).isDone();
    assertThat(link.heard(Request.Leave.class).get(0).reason()).contains("train-0-");
    assertThat(coordinator.state().waiting()).isEqualTo(1);
  }

  @Test
  void slotsThatGiveUpEndIt() throws Exception {
    submit(0);
    CompletableFuture<Void> end = start(node(LONG));
    site().breakDown(0, new IllegalStateException("no slot can be started"));
    assertThat(failure(end)).hasMessage("no slot can be started");
    Request.Leave leave = link.heard(Request.Leave.class).get(0);
    assertThat(leave.reason()).isEqualTo("no slot can be started");
    assertThat(leave.failed()).isTrue();
  }

  @Test
  void aRefusalEndsIt() throws Exception {
    Introduction other = new Introduction("a", "host", 1, "0.2", ClusterSamples.cpu("a").devices());
    CompletableFuture<Void> end = start(node(LONG, other));
    assertThat(failure(end)).isInstanceOf(RefusedException.class).hasMessageContaining("0.2");
  }

  // --- images

  @Test
  void fetchesImagesThatAreNotHere() throws Exception {
    link.leadTo(coordinator("run-1", "images:" + pictures.resolve("none"), imagesFile));
    start(node(LONG));
    FakeSite site = site();
    assertThat(site.task.dataSet()).isEqualTo("content:" + imagesHash);
    Path cache = directory.resolve("cache");
    assertThat(DataSets.open(site.task.dataSet(), IMAGE_SIZE, null, cache).contentHash())
        .isEqualTo(imagesHash);
    assertThat(link.heard(Request.Get.class)).hasSizeGreaterThan(2);
  }

  @Test
  void imagesNobodyHasEndIt() throws Exception {
    Path none = directory.resolve("none");
    link.leadTo(coordinator("run-1", "images:" + none, none));
    CompletableFuture<Void> end = start(node(LONG));
    assertThat(failure(end)).isInstanceOf(RefusedException.class).hasMessageContaining(imagesHash);
  }

  @Test
  void asksAnewWhenTheCoordinatorIsAnotherWhileImagesAreFetched() throws Exception {
    link.leadTo(coordinator("run-1", "images:" + pictures.resolve("none"), imagesFile));
    ClusterEvaluator other = coordinator("run-2");
    link.disturb(
        reply -> {
          if (reply instanceof Reply.Piece) {
            link.leadTo(other);
          }
          return reply;
        });
    CompletableFuture<Evaluation> outcome = submit(other, ClusterSamples.candidate(0));
    start(node(LONG));
    site().complete(0, bytes(10));
    get(outcome);
  }

  @Test
  void goesAlsoWhileItFetchesImages() throws Exception {
    link.leadTo(coordinator("run-1", "images:" + pictures.resolve("none"), imagesFile));
    WorkerNode node = node(LONG);
    link.cut(
        request -> {
          if (request instanceof Request.Get) {
            node.leave();
            return true;
          }
          return false;
        });
    get(start(node));
    assertThat(sites).isEmpty();
  }

  @Test
  void goesWithoutWhatIsLeftOfTheImages() throws Exception {
    link.leadTo(coordinator("run-1", "images:" + pictures.resolve("none"), imagesFile));
    WorkerNode node = node(LONG);
    link.disturb(
        reply -> {
          if (reply instanceof Reply.Piece) {
            node.leave();
          }
          return reply;
        });
    get(start(node));
    assertThat(link.heard(Request.Get.class)).hasSize(1);
    assertThat(sites).isEmpty();
  }

  @Test
  void aRunsNameIsNoPath() {
    link.leadTo(coordinator("run.1"));
    CompletableFuture<Void> end = start(node(LONG));
    assertThatThrownBy(() -> get(end)).hasCauseInstanceOf(RefusedException.class);
  }
}
