package org.finchnas.coordinator.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Request.FileKind;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.jspecify.annotations.Nullable;

/**
 * Gives work to workers that ask for it and takes their results, each once.
 *
 * <p>A worker has a lease on all it has in hand, renewed whenever it is heard of. When the lease
 * runs out, others get the work; whoever reports first is believed, and later reports are thanked
 * and dropped, so a piece of work may be done twice but counts once. A result is acknowledged only
 * when it is durable, and its worker keeps it until then.
 *
 * <p>It holds nothing that a dead coordinator would be missed for: workers say with every sign of
 * life what they have in hand, and names of work are the same in the next process ({@link
 * WorkKeys}).
 *
 * <p>It runs no thread of its own and does not know how messages travel. Time is what it is told.
 */
public final class Dispatcher {

  /** What a cluster computes as whose workers may differ. */
  public static final String MIXED = "mixed";

  /** A candidate that so many workers were lost with is one that kills workers. */
  static final int MOST_LOSSES = 10;

  /** Results of scores that nobody asked this process for are no more wanted after this. */
  private static final long STALE_SCORE_NANOS = 60_000_000_000L;

  private static final long SOON_MILLIS = 200;
  private static final long LATER_MILLIS = 1000;

  /** Idle workers together ask no more often than about once in this time. */
  private static final long IDLE_MILLIS_EACH = 2;

  private static final long SHORTEST_IDLE_MILLIS = 20;

  private final ClusterPlan plan;
  private final Path weights;
  private final ToDoubleFunction<Candidate> costs;
  private final ClusterListener listener;
  private final LongSupplier nanoClock;
  private final CompletableFuture<Introduced> first = new CompletableFuture<>();
  private final Map<String, Object> putting = new ConcurrentHashMap<>();

  // All below are guarded by this object.
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();
  private final TreeSet<Job> open = new TreeSet<>(Job.TURN);
  private final Set<String> settled = new HashSet<>();
  private final ClusterCounts counts = new ClusterCounts();
  private @Nullable String numericClass;
  private @Nullable Throwable end;
  private @Nullable Long firstHeardNanos;
  private int highestNumber = -1;
  private long scores;

  /**
   * @param weights the folder of the run's weights
   * @param known evaluations that are durable already
   * @param costs what a training takes, in any unit
   * @param nanoClock as {@link System#nanoTime}
   */
  public Dispatcher(
      ClusterPlan plan,
      Path weights,
      Collection<Candidate> known,
      ToDoubleFunction<Candidate> costs,
      ClusterListener listener,
      LongSupplier nanoClock) {
    this.plan = plan;
    this.weights = weights;
    this.costs = costs;
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.numericClass = plan.numericClass();
    known.forEach(candidate -> settled.add(WorkKeys.of(candidate)));
  }

  /**
   * What the first worker computes as and trains on; all others do the same, unless the cluster is
   * mixed.
   */
  record Introduced(String numericClass, Ready images) {}

  CompletableFuture<Introduced> first() {
    return first;
  }

  /** Wants a candidate trained. */
  synchronized CompletableFuture<Evaluation> submit(Candidate candidate) {
    if (jobs.get(WorkKeys.of(candidate)) instanceof Job.Training same) {
      return same.outcome;
    }
    Job.Training job =
        new Job.Training(candidate, plan.mixed() ? costs.applyAsDouble(candidate) : 0);
    highestNumber = Math.max(highestNumber, candidate.number());
    add(job);
    return job.outcome;
  }

  /** Wants proxies computed. */
  synchronized CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    if (jobs.get(WorkKeys.of(request)) instanceof Job.Scoring same) {
      return same.outcome;
    }
    Job.Scoring job = new Job.Scoring(request, scores++);
    add(job);
    return job.outcome;
  }

  private void add(Job job) {
    if (end != null) {
      job.fail(end);
      return;
    }
    settled.remove(job.key());
    jobs.put(job.key(), job);
    members.values().stream()
        .filter(member -> member.holds(job.key()))
        .forEach(member -> member.take(job));
    reopen(job);
  }

  /** The outcome of this evaluation is durable. */
  synchronized void kept(Evaluation evaluation) {
    String key = WorkKeys.of(evaluation.candidate());
    jobs.remove(key);
    settled.add(key);
  }

  /** Ends all waiting; nothing is given out or taken any more. */
  void close(Throwable reason) {
    List<Job> waiting;
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = reason;
      waiting = List.copyOf(jobs.values());
      open.clear();
    }
    first.completeExceptionally(reason);
    waiting.forEach(job -> job.fail(reason));
  }

  /** How many slots there are now. */
  synchronized int slots() {
    return members.values().stream().mapToInt(member -> member.slots).sum();
  }

  /** Where the cluster stands. */
  synchronized ClusterState state() {
    return ClusterState.of(members.values(), jobs.values(), counts, nanoClock.getAsLong());
  }

  /**
   * Answers a worker.
   *
   * @throws IOException if the request is none a worker of Finch would send, or the disk fails
   */
  public Reply answer(Request request) throws IOException {
    requireName(request.worker());
    expire();
    boolean known = hear(request.worker());
    if (request instanceof Request.Hello hello) {
      return welcome(hello);
    }
    if (!known) {
      return new Reply.Unknown();
    }
    if (request instanceof Request.Put put) {
      return take(put);
    }
    if (request instanceof Request.Get get) {
      return give(get);
    }
    if (request instanceof Request.Ready ready) {
      return ready(ready);
    }
    if (request instanceof Request.Beat beat) {
      return orders(beat);
    }
    if (request instanceof Request.Report report) {
      return report(report);
    }
    return leave((Request.Leave) request);
  }

  /** A worker's name becomes part of a file's. */
  private static void requireName(String worker) throws IOException {
    if (!worker.matches("[0-9A-Za-z-]{1,64}")) {
      throw new IOException("A worker must be named by letters, digits and dashes.");
    }
  }

  private synchronized boolean hear(String worker) {
    counts.messages++;
    long now = nanoClock.getAsLong();
    firstHeardNanos = firstHeardNanos == null ? now : firstHeardNanos;
    Member member = members.get(worker);
    if (member != null) {
      member.lastHeardNanos = now;
    }
    return member != null;
  }

  // --- who works

  private Reply welcome(Request.Hello hello) {
    String build = hello.introduction().build();
    if (!build.equals(plan.build())) {
      return refuse(
          hello,
          "It runs Finch %s, and the coordinator runs %s: results would not agree. Install one version on all machines."
              .formatted(build, plan.build()));
    }
    synchronized (this) {
      members.computeIfAbsent(
          hello.worker(), id -> new Member(id, hello.introduction(), nanoClock.getAsLong()));
    }
    List<Reply.Images> images =
        plan.images().stream().map(each -> new Reply.Images(each.size(), each.hash())).toList();
    return new Reply.Welcome(plan.run(), plan.task(), images, plan.settings());
  }

  private Reply refuse(Request.Hello hello, String reason) {
    listener.refused(hello.introduction(), reason);
    return new Reply.Refused(reason);
  }

  private Reply ready(Request.Ready ready) {
    Member member;
    String reason;
    boolean news;
    synchronized (this) {
      member = members.get(ready.worker());
      if (member == null) {
        return new Reply.Unknown();
      }
      reason = objection(ready);
      news = !member.isReady();
      if (reason == null) {
        member.slots = ready.slots();
        member.numericClass = Optional.of(ready.numericClass());
        numericClass = numericClass == null ? ready.numericClass() : numericClass;
      } else {
        members.remove(ready.worker());
        free(member, job -> {});
      }
    }
    if (reason != null) {
      listener.refused(member.introduction(), reason);
      return new Reply.Refused(reason);
    }
    if (news) {
      listener.joined(member.introduction(), ready.slots(), ready.numericClass());
    }
    String together = plan.mixed() ? MIXED : ready.numericClass();
    first.complete(new Introduced(together, ready.images()));
    return new Reply.Accepted();
  }

  private @Nullable String objection(Request.Ready ready) {
    if (!ready.images().dataHash().equals(plan.dataHash())) {
      return "Its images of %s are others (hash %s, the search has %s). Give it the same files, or none: then it fetches them."
          .formatted(plan.task().dataSet(), ready.images().dataHash(), plan.dataHash());
    }
    if (!plan.mixed() && numericClass != null && !numericClass.equals(ready.numericClass())) {
      return "It computes as \"%s\", and this run as \"%s\": results would not agree. Use a machine (or --backend) like the others, or begin the search with --mixed."
          .formatted(ready.numericClass(), numericClass);
    }
    return null;
  }

  private Reply leave(Request.Leave leave) {
    Member member;
    int work;
    synchronized (this) {
      member = members.remove(leave.worker());
      if (member == null) {
        return new Reply.Accepted();
      }
      work = free(member, job -> {});
    }
    listener.left(member.introduction(), work, leave.reason());
    return new Reply.Accepted();
  }

  /** Takes the work of those away of whom nothing was heard for a lease. */
  void expire() {
    record Loss(Member member, int work) {}
    List<Loss> losses = new ArrayList<>();
    List<Job> hopeless = new ArrayList<>();
    synchronized (this) {
      for (Member member : List.copyOf(members.values())) {
        if (isSilent(member)) {
          members.remove(member.id());
          int work =
              free(
                  member,
                  job -> {
                    job.timesLost++;
                    counts.retries++;
                    if (job.timesLost > MOST_LOSSES) {
                      hopeless.add(job);
                    }
                  });
          // One that makes its slots ready has nothing to say meanwhile, and nothing to lose.
          if (member.isReady()) {
            counts.lostWorkers++;
            losses.add(new Loss(member, work));
          }
        }
      }
    }
    losses.forEach(loss -> listener.lost(loss.member().introduction(), loss.work()));
    hopeless.forEach(this::giveUp);
  }

  private boolean isSilent(Member member) {
    return nanoClock.getAsLong() - member.lastHeardNanos > plan.lease().toNanos();
  }

  private void giveUp(Job job) {
    if (job instanceof Job.Training training) {
      String message = "%d workers were lost with it.".formatted(job.timesLost);
      settle(training, new Failed(training.candidate(), FailureReason.MACHINE, message, null));
    } else {
      settle((Job.Scoring) job, ProxyAnswer.LOST);
    }
  }

  private interface Loss {
    void of(Job job);
  }

  /** Frees what a worker has in hand; returns how much of it others will do. */
  private int free(Member member, Loss loss) {
    int work = 0;
    for (Job job : List.copyOf(member.jobs())) {
      member.drop(job);
      if (job.isOpen() && jobs.get(job.key()) == job) {
        loss.of(job);
        reopen(job);
        work++;
      }
    }
    return work;
  }

  private void reopen(Job job) {
    if (job.isOpen() && jobs.containsKey(job.key())) {
      open.add(job);
    } else {
      open.remove(job);
    }
  }

  // --- on what

  private synchronized Reply orders(Request.Beat beat) {
    Member member = members.get(beat.worker());
    if (member == null || !member.isReady()) {
      return new Reply.Unknown();
    }
    member.held = beat.held();
    member.free = beat.free();
    adopt(member);
    List<Work> work = isGrace() || end != null ? List.of() : handOut(member, beat.free());
    List<String> unwanted = beat.held().stream().map(Held::key).filter(settled::contains).toList();
    member.free -= work.size();
    return new Reply.Orders(work, unwanted, nextMillis(member));
  }

  /** The worker's word is what counts: an order may have been lost, or be that of a predecessor. */
  private void adopt(Member member) {
    Set<Job> named = new HashSet<>();
    for (Held held : member.held) {
      Job job = jobs.get(held.key());
      if (job != null) {
        named.add(job);
      }
    }
    for (Job job : List.copyOf(member.jobs())) {
      if (!named.contains(job)) {
        member.drop(job);
        reopen(job);
      }
    }
    for (Job job : named) {
      if (!member.jobs().contains(job)) {
        member.take(job);
        reopen(job);
      }
    }
  }

  /** Counted from the first message: it takes time until a coordinator that starts can be heard. */
  private boolean isGrace() {
    return sinceFirstHeard() < plan.grace().toNanos();
  }

  private long sinceFirstHeard() {
    return firstHeardNanos == null ? 0 : nanoClock.getAsLong() - firstHeardNanos;
  }

  private List<Work> handOut(Member member, int free) {
    List<Work> work = new ArrayList<>();
    while (work.size() < free) {
      Job job = choose(member);
      if (job == null) {
        break;
      }
      member.take(job);
      reopen(job);
      work.add(job.work());
    }
    return work;
  }

  /**
   * The next in turn; in a mixed cluster GPUs take the dearest training that is open and CPUs the
   * cheapest, so that each does what it is good at while both have something to do.
   */
  private @Nullable Job choose(Member member) {
    Stream<Job> possible = open.stream().filter(job -> suits(job, member));
    if (!plan.mixed()) {
      return possible.findFirst().orElse(null);
    }
    List<Job> all = possible.toList();
    if (all.isEmpty() || all.get(0) instanceof Job.Scoring) {
      return all.isEmpty() ? null : all.get(0);
    }
    Comparator<Job> cost = Comparator.comparingDouble(job -> ((Job.Training) job).cost());
    Comparator<Job> choice = member.introduction().hasGpu() ? cost.reversed() : cost;
    return all.stream().min(choice.thenComparing(Job.TURN)).orElseThrow();
  }

  /** Others first where it failed, if there are any: nothing may wait for one that never comes. */
  private boolean suits(Job job, Member member) {
    if (job.memoryAbove == 0 && job.failedAt.isEmpty()) {
      return true;
    }
    List<Member> ready = members.values().stream().filter(Member::isReady).toList();
    List<Member> large =
        ready.stream()
            .filter(each -> each.introduction().largestMemory() > job.memoryAbove)
            .toList();
    List<Member> able = job.memoryAbove == 0 || large.isEmpty() ? ready : large;
    List<Member> fresh = able.stream().filter(each -> !job.failedAt.contains(each.id())).toList();
    return (fresh.isEmpty() ? able : fresh).contains(member);
  }

  /** Often enough not to waste a slot's time, seldom enough not to waste the coordinator's. */
  private long nextMillis(Member member) {
    if (isGrace()) {
      return Math.min(SOON_MILLIS, plan.beatMillis());
    }
    if (member.free <= 0) {
      return plan.beatMillis();
    }
    long idle = members.values().stream().filter(each -> each.free > 0).count();
    return Math.min(plan.beatMillis(), Math.max(SHORTEST_IDLE_MILLIS, idle * IDLE_MILLIS_EACH));
  }

  // --- results

  private Reply report(Request.Report report) throws IOException {
    if (!isReady(report.worker())) {
      // What it computes as is not known yet.
      return new Reply.Later(SOON_MILLIS);
    }
    if (report.result() instanceof Result.Evaluated evaluated) {
      return report(report, evaluated);
    }
    return report(report, (Result.Scored) report.result());
  }

  private Reply report(Request.Report report, Result.Evaluated result) throws IOException {
    Evaluation evaluation = evaluation(result);
    if (!WorkKeys.of(evaluation.candidate()).equals(report.key())) {
      throw new IOException("The result of %s is another's.".formatted(report.key()));
    }
    Job.Training job;
    synchronized (this) {
      Job found = jobs.get(report.key());
      if (found == null || settled.contains(report.key())) {
        return unasked(report.key(), evaluation.candidate().number() <= highestNumber);
      }
      if (evaluation instanceof Completed completed
          && !ClusterFiles.hasWeights(weights, completed.weights())) {
        return new Reply.WantsWeights(0);
      }
      job = (Job.Training) found;
      if (job.told || job.outcome.isDone()) {
        return new Reply.Later(SOON_MILLIS);
      }
      if (evaluation instanceof Failed failed && isWorthAnotherTry(job, failed, report.worker())) {
        return new Reply.Accepted();
      }
    }
    boolean kept = settle(job, plan.mixed() ? labelled(evaluation, report.worker()) : evaluation);
    if (kept) {
      count(report.worker());
    }
    return kept ? new Reply.Accepted() : new Reply.Later(LATER_MILLIS);
  }

  /** With what its worker computes as: in a mixed cluster that is part of the result. */
  private synchronized Evaluation labelled(Evaluation evaluation, String worker) {
    Member member = members.get(worker);
    return member == null || member.numericClass.isEmpty()
        ? evaluation
        : evaluation.computedAs(member.numericClass.get());
  }

  private synchronized boolean isReady(String worker) {
    Member member = members.get(worker);
    return member != null && member.isReady();
  }

  private static Evaluation evaluation(Result.Evaluated result) throws IOException {
    try {
      return EvaluationJson.evaluation(result.evaluation());
    } catch (IllegalArgumentException e) {
      throw new IOException("A result is no evaluation: " + e.getMessage(), e);
    }
  }

  /** Not asked for yet by a coordinator that was just started, or long known. */
  private Reply unasked(String key, boolean stale) {
    if (settled.contains(key) || stale) {
      counts.duplicates++;
      return new Reply.Accepted();
    }
    return new Reply.Later(LATER_MILLIS);
  }

  /** Gives the job back if machines are to blame and others, or the same again, may do better. */
  private boolean isWorthAnotherTry(Job.Training job, Failed failed, String worker) {
    Member member = members.get(worker);
    if (member == null) {
      return false;
    }
    if (failed.execution() != null && job.failures.contains(failed)) {
      return true;
    }
    boolean again =
        switch (failed.reason()) {
          case MACHINE -> isLostTooSeldom(job, worker);
          case MEMORY -> member.introduction().hasGpu() && hasMoreMemory(job, member);
          case DIVERGED, STEPS, INVALID -> false;
        };
    if (again) {
      job.failures.add(failed);
      counts.retries++;
      member.drop(job);
      reopen(job);
      listener.retried(member.introduction(), job.key(), failed.message());
    }
    return again;
  }

  private boolean isLostTooSeldom(Job.Training job, String worker) {
    job.failedAt.add(worker);
    job.timesFailed++;
    return job.timesFailed <= plan.settings().retries();
  }

  /** Whether a device that is larger than all it did not fit on is there to try it. */
  private boolean hasMoreMemory(Job.Training job, Member member) {
    long memory = member.introduction().largestMemory();
    boolean first = job.memoryAbove == 0 || memory <= job.memoryAbove;
    boolean larger =
        members.values().stream()
            .filter(Member::isReady)
            .anyMatch(other -> other.introduction().largestMemory() > memory);
    job.memoryAbove = Math.max(job.memoryAbove, memory);
    return first && larger;
  }

  /** Tells who waits for it; whether it is durable now. */
  private boolean settle(Job.Training job, Evaluation evaluation) {
    synchronized (this) {
      job.told = true;
      reopen(job);
    }
    // Outside the lock: it is written to disk by whoever waits.
    job.outcome.complete(evaluation);
    synchronized (this) {
      return settled.contains(job.key());
    }
  }

  private Reply report(Request.Report report, Result.Scored result) throws IOException {
    ProxyAnswer answer = answer(result);
    Job.Scoring job;
    synchronized (this) {
      if (!(jobs.get(report.key()) instanceof Job.Scoring found)) {
        return unasked(report.key(), sinceFirstHeard() > STALE_SCORE_NANOS);
      }
      job = found;
    }
    settle(job, answer);
    return new Reply.Accepted();
  }

  private static ProxyAnswer answer(Result.Scored result) throws IOException {
    try {
      return new ProxyAnswer(result.values(), result.lost());
    } catch (IllegalArgumentException e) {
      throw new IOException("A result is no score: " + e.getMessage(), e);
    }
  }

  private void settle(Job.Scoring job, ProxyAnswer answer) {
    synchronized (this) {
      jobs.remove(job.key());
      open.remove(job);
      settled.add(job.key());
    }
    job.outcome.complete(answer);
  }

  private synchronized void count(String worker) {
    counts.done++;
    Member member = members.get(worker);
    if (member != null) {
      member.done++;
    }
  }

  // --- files

  private Reply take(Request.Put put) throws IOException {
    // A piece may come again while the first of its kind, given up by its sender, is written.
    synchronized (putting.computeIfAbsent(put.worker(), worker -> new Object())) {
      long next =
          ClusterFiles.write(
              weights, put.worker(), put.hash(), put.offset(), put.size(), put.bytes());
      return next == put.size() ? new Reply.Accepted() : new Reply.WantsWeights(next);
    }
  }

  private Reply give(Request.Get get) throws IOException {
    Optional<Path> file =
        get.file() == FileKind.WEIGHTS
            ? Optional.of(ClusterFiles.weights(weights, get.hash()))
            : plan.images().stream()
                .filter(images -> images.hash().equals(get.hash()))
                .map(ClusterImages::file)
                .findFirst();
    if (file.isEmpty()) {
      return new Reply.Missing();
    }
    return ClusterFiles.read(file.get(), get.offset())
        .<Reply>map(piece -> new Reply.Piece(piece.size(), piece.bytes()))
        .orElseGet(Reply.Missing::new);
  }
}
