package org.finchnas.coordinator.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.jspecify.annotations.Nullable;

/** A search, its coordinator and its workers in made-up time. */
@SuppressWarnings("FutureReturnValueIgnored") // what is wanted is told by answers, not waited for
final class SimulatedCluster {

  /** How bad it is; none of it lasts longer than {@link #TROUBLED_SECONDS}. */
  record Trouble(
      int workers,
      double lost,
      double twice,
      double late,
      double machineFailures,
      double workerMinutes,
      double coordinatorMinutes) {

    static Trouble of(Random random) {
      return new Trouble(
          1 + random.nextInt(5),
          random.nextInt(3) * 0.1,
          random.nextInt(3) * 0.05,
          random.nextInt(3) * 0.1,
          random.nextInt(2) * 0.1,
          0.5 + 3 * random.nextDouble(),
          0.5 + 3 * random.nextDouble());
    }
  }

  static final int CANDIDATES = 20;
  static final double TROUBLED_SECONDS = 200;

  private static final int LAG = 6;
  private static final double END_SECONDS = 4 * TROUBLED_SECONDS;
  private static final double QUIET_SECONDS = 100;
  private static final int MOST_EVENTS = 500_000;

  private record Event(double at, long number, Runnable happening) {}

  final Random random;
  final Trouble trouble;
  private final Path weights;
  private final List<Candidate> candidates;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private final Map<Integer, Evaluation> kept = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<CompletableFuture<?>> scores = new ArrayList<>();
  private @Nullable Dispatcher coordinator;
  private int asked;
  private boolean dying;
  private double now;
  private long happened;
  private long attempts;

  SimulatedCluster(Random random, Trouble trouble, Path weights, long firstSeed) {
    this.random = random;
    this.trouble = trouble;
    this.weights = weights;
    this.candidates =
        IntStream.range(0, CANDIDATES).mapToObj(number -> candidate(number, firstSeed)).toList();
  }

  /** What was wrong. */
  List<String> run() {
    start();
    for (int i = 0; i < trouble.workers(); i++) {
      SimulatedWorker worker = new SimulatedWorker(this, "worker-" + i, 1 + random.nextInt(3));
      workers.add(worker);
      in(random.nextDouble() * 20, worker::start);
      troubleLater(trouble.workerMinutes(), worker::trouble);
    }
    troubleLater(trouble.coordinatorMinutes(), this::die);
    pass(END_SECONDS, () -> kept.size() == CANDIDATES);
    double end = Math.max(now, TROUBLED_SECONDS) + QUIET_SECONDS;
    pass(end, () -> false);
    check();
    return faults;
  }

  private interface Goal {
    boolean isReached();
  }

  private void pass(double end, Goal goal) {
    while (!goal.isReached() && !events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      now = event.at();
      happened++;
      if (happened > MOST_EVENTS) {
        faults.add("It never rests.");
        return;
      }
      event.happening().run();
    }
  }

  private void check() {
    IntStream.range(0, CANDIDATES)
        .filter(number -> !kept.containsKey(number))
        .forEach(number -> faults.add("Candidate %d never settled.".formatted(number)));
    for (Evaluation evaluation : kept.values()) {
      Candidate candidate = candidate(evaluation.candidate().number());
      if (!evaluation.equals(ClusterSamples.outcome(candidate, evaluation.execution()))) {
        faults.add("Another result: " + evaluation);
      }
    }
    if (scores.stream().anyMatch(score -> !score.isDone())) {
      faults.add("A score was never told.");
    }
    workers.stream()
        .filter(worker -> !worker.isIdle())
        .forEach(worker -> faults.add("Not delivered: " + worker));
  }

  private Candidate candidate(int number) {
    return candidates.get(number);
  }

  /** Most trainings diverge, so that not too many files are written. */
  private static Candidate candidate(int number, long firstSeed) {
    Candidate sample = ClusterSamples.candidate(number);
    for (long seed = firstSeed + 100L * number; ; seed++) {
      Candidate candidate =
          new Candidate(number, sample.architecture(), sample.fidelity(), seed, null, null);
      boolean diverges = ClusterSamples.outcome(candidate, null) instanceof Evaluation.Failed;
      if (diverges == number % 10 > 0) {
        return candidate;
      }
    }
  }

  // --- time

  void in(double seconds, Runnable happening) {
    events.add(new Event(now + seconds, events.size() + happened * 1_000_000, happening));
  }

  boolean isTroubled() {
    return now < TROUBLED_SECONDS;
  }

  boolean chance(double probability) {
    return isTroubled() && random.nextDouble() < probability;
  }

  long nextAttempt() {
    return attempts++;
  }

  private void troubleLater(double minutes, Runnable happening) {
    in(
        -Math.log(1 - random.nextDouble()) * 60 * minutes,
        () -> {
          if (isTroubled()) {
            happening.run();
            troubleLater(minutes, happening);
          }
        });
  }

  // --- the coordinator's process

  private void start() {
    Dispatcher started =
        new Dispatcher(
            ClusterSamples.plan(false, 1_000, Duration.ofSeconds(now == 0 ? 0 : 3)),
            weights,
            kept.keySet().stream().map(this::candidate).toList(),
            candidate -> 1,
            ClusterListener.NONE,
            () -> (long) (now * 1e9));
    coordinator = started;
    asked = 0;
    scores.clear();
    ask(started);
  }

  private void die() {
    dying = false;
    if (coordinator != null) {
      coordinator = null;
      in(0.5 + random.nextDouble() * 30, this::start);
    }
  }

  /** As the search does: told in order, with at most so many in flight. */
  private void ask(Dispatcher to) {
    int told = 0;
    while (kept.containsKey(told)) {
      told++;
    }
    for (; asked < Math.min(told + LAG, CANDIDATES); asked++) {
      if (!kept.containsKey(asked)) {
        to.submit(candidate(asked)).thenAccept(evaluation -> keep(to, evaluation));
        if (asked % 5 == 1) {
          scores.add(to.submit(ClusterSamples.score(asked)));
        }
      }
    }
  }

  private void keep(Dispatcher from, Evaluation evaluation) {
    dying = dying || chance(0.02);
    if (dying && random.nextBoolean()) {
      return;
    }
    if (kept.put(evaluation.candidate().number(), evaluation) != null) {
      faults.add("Kept twice: " + evaluation);
    }
    from.kept(evaluation);
    ask(from);
  }

  // --- the way between workers and coordinator

  /** Calls the coordinator; null is told if no reply came in time. */
  void call(Request request, boolean cut, Consumer<@Nullable Reply> caller) {
    double limit = now + 15;
    Answer answer = new Answer(caller);
    if (cut || chance(trouble.lost())) {
      in(15, () -> answer.tell(null));
      return;
    }
    boolean replyIsLost = chance(trouble.lost());
    Runnable act =
        () -> {
          Reply reply = act(request);
          double way = delay();
          if (replyIsLost || now + way > limit) {
            in(Math.max(0, limit - now), () -> answer.tell(null));
          } else {
            in(way, () -> answer.tell(reply));
          }
        };
    in(delay(), act);
    if (chance(trouble.twice())) {
      in(delay(), act);
    }
  }

  private double delay() {
    return chance(trouble.late()) ? random.nextDouble() * 40 : 0.001 + random.nextDouble() * 0.01;
  }

  private @Nullable Reply act(Request request) {
    Dispatcher there = coordinator;
    if (there == null) {
      return null;
    }
    try {
      Reply reply = there.answer(request);
      if (dying) {
        die();
        return null;
      }
      return reply;
    } catch (IOException e) {
      faults.add(request + ": " + e);
      return null;
    }
  }

  /** Tells once. */
  private static final class Answer {

    private final Consumer<@Nullable Reply> caller;
    private boolean told;

    Answer(Consumer<@Nullable Reply> caller) {
      this.caller = caller;
    }

    void tell(@Nullable Reply reply) {
      if (!told) {
        told = true;
        caller.accept(reply);
      }
    }
  }
}
