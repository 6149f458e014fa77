package org.finchnas.coordinator.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.finchnas.coordinator.cluster.ClusterFiles.InvalidException;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Text;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.coordinator.run.RunException;
import org.finchnas.coordinator.run.RunStorageException;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
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

  /**
   * Leases are looked at several times a second; after so long without, this process stood still.
   */
  private static final long STANDSTILL_NANOS = 2_000_000_000L;

  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,64}");

  private static final long SOON_MILLIS = 200;

  /** Idle workers together ask no more often than about once in this time. */
  private static final long IDLE_MILLIS_EACH = 2;

  private static final long SHORTEST_IDLE_MILLIS = 20;

  private final ClusterPlan plan;
  private final FileService files;
  private final ToDoubleFunction<Candidate> costs;
  private final ClusterListener listener;
  private final LongSupplier nanoClock;
  private final CompletableFuture<Introduced> first = new CompletableFuture<>();

  private final Reports reports;

  // All below are guarded by this object.
  private final Members members;
  private final Workload workload;
  private final Placement placement;
  private final ClusterCounts counts = new ClusterCounts();
  private final Troubles troubles = new Troubles();
  private @Nullable Throwable end;
  private @Nullable Long lastLookNanos;
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
    this.files = new FileService(weights, plan.images());
    this.costs = costs;
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.members = new Members(plan);
    this.workload = new Workload(known);
    this.placement = new Placement(plan.mixed(), members);
    this.reports = new Reports(this, plan, members, workload, counts, files, listener, nanoClock);
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
    String json = EvaluationJson.write(candidate);
    Work.Train work = new Work.Train(WorkKeys.of(candidate.number(), json), json);
    if (workload.find(work.key()) instanceof Job.Training same) {
      return same.outcome;
    }
    double cost = plan.mixed() ? costs.applyAsDouble(candidate) : 0;
    Job.Training job = new Job.Training(work, candidate, cost);
    add(job);
    return job.outcome;
  }

  /** Wants proxies computed. */
  synchronized CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    if (workload.find(WorkKeys.of(request)) instanceof Job.Scoring same) {
      return same.outcome;
    }
    Job.Scoring job = new Job.Scoring(request, scores++);
    add(job);
    return job.outcome;
  }

  private void add(Job job) {
    if (end != null) {
      job.fail(end);
    } else {
      workload.add(job, members.all());
    }
  }

  /** The outcome of this evaluation is durable. */
  synchronized void kept(Evaluation evaluation) {
    workload.settle(evaluation.candidate());
  }

  /** Ends all waiting; nothing is given out or taken any more. */
  void close(Throwable reason) {
    Collection<Job> waiting;
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = reason;
      waiting = workload.all();
      workload.close();
    }
    first.completeExceptionally(reason);
    waiting.forEach(job -> job.fail(reason));
  }

  /** Something is wrong that no worker and no candidate is to blame for. */
  void tellTrouble(String trouble) {
    // Much of it quotes what others sent.
    String line = Text.line(trouble, Reports.LONGEST_LINE);
    boolean isNews;
    synchronized (this) {
      isNews = troubles.isNews(line, nanoClock.getAsLong());
    }
    if (isNews) {
      listener.troubled(line);
    }
  }

  /** How many slots there are now. */
  synchronized int slots() {
    return members.slots();
  }

  /** Where the cluster stands. */
  synchronized ClusterState state() {
    return ClusterState.of(members.all(), workload.all(), counts, nanoClock.getAsLong());
  }

  /**
   * Answers a worker.
   *
   * @throws IOException if the request is none a worker of Finch would send
   * @throws RunStorageException if the disk fails; then all waiting ends
   * @throws RunException if the run is damaged; then all waiting ends
   */
  public Reply answer(Request request) throws IOException {
    try {
      return reply(request);
    } catch (RunStorageException | RunException e) {
      close(e);
      throw e;
    }
  }

  private Reply reply(Request request) throws IOException {
    expire();
    boolean known = hear(request.worker());
    try {
      return reply(request, known);
    } finally {
      heard(request.worker());
    }
  }

  private Reply reply(Request request, boolean known) throws IOException {
    if (!known) {
      requireName(request.worker());
    }
    if (request instanceof Request.Hello hello) {
      return welcome(hello);
    }
    if (!known) {
      return new Reply.Unknown();
    }
    if (request instanceof Request.Put put) {
      return files.take(put);
    }
    if (request instanceof Request.Get get) {
      Reply piece = files.give(get);
      if (piece instanceof Reply.Missing) {
        files.lack(get).ifPresent(this::tellTrouble);
      }
      return piece;
    }
    if (request instanceof Request.Ready ready) {
      return ready(ready);
    }
    if (request instanceof Request.Beat beat) {
      return orders(beat);
    }
    if (request instanceof Request.Report report) {
      return reports.take(report);
    }
    return leave((Request.Leave) request);
  }

  /** A worker's name becomes part of a file's. */
  private static void requireName(String worker) throws InvalidException {
    if (!NAME.matcher(worker).matches()) {
      throw new InvalidException("A worker must be named by letters, digits and dashes.");
    }
  }

  private synchronized boolean hear(String worker) {
    counts.messages++;
    return members.hear(worker, nanoClock.getAsLong());
  }

  /** It has its answer. A slow disk may have taken long over it, and that is not its silence. */
  private synchronized void heard(String worker) {
    members.answered(worker, nanoClock.getAsLong());
  }

  // --- who works

  private Reply welcome(Request.Hello hello) {
    String build = hello.introduction().build();
    if (!build.equals(plan.build())) {
      String reason =
          "It runs Finch %s, and the coordinator runs %s: results would not agree. Install one version on all machines."
              .formatted(build, plan.build());
      listener.refused(hello.introduction(), reason);
      return new Reply.Refused(reason);
    }
    synchronized (this) {
      members.greet(hello, nanoClock.getAsLong());
    }
    List<Reply.Images> images =
        plan.images().stream().map(each -> new Reply.Images(each.size(), each.hash())).toList();
    return new Reply.Welcome(plan.run(), plan.task(), images, plan.settings());
  }

  private Reply ready(Request.Ready ready) {
    Member member;
    String reason;
    boolean news;
    synchronized (this) {
      member = members.find(ready.worker());
      if (member == null) {
        return new Reply.Unknown();
      }
      reason = members.objection(ready);
      news = !member.isReady();
      if (reason == null) {
        members.admit(member, ready);
      } else {
        members.remove(ready.worker());
        workload.free(member, job -> {});
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

  private Reply leave(Request.Leave leave) {
    List<Job> hopeless = new ArrayList<>();
    Member member;
    int work;
    synchronized (this) {
      Member gone = members.remove(leave.worker());
      if (gone == null) {
        return new Reply.Accepted();
      }
      // One that fails may do so because of what it has in hand, and again when it is started anew.
      work =
          workload.free(
              gone,
              job -> {
                if (leave.failed()) {
                  lose(job, gone, hopeless);
                }
              });
      member = gone;
    }
    listener.left(member.introduction(), work, leave.reason());
    hopeless.forEach(this::giveUp);
    return new Reply.Accepted();
  }

  /** Takes the work of those away of whom nothing was heard for a lease. */
  void expire() {
    record Loss(Member member, int work) {}
    List<Loss> losses = new ArrayList<>();
    List<Job> hopeless = new ArrayList<>();
    synchronized (this) {
      long now = nanoClock.getAsLong();
      forgiveStandstill(now);
      for (Member member : members.removeSilent(now)) {
        int work = workload.free(member, job -> lose(job, member, hopeless));
        // One that makes its slots ready has nothing to say meanwhile, and nothing to lose.
        if (member.isReady()) {
          counts.lostWorkers++;
          losses.add(new Loss(member, work));
        }
      }
    }
    losses.forEach(loss -> listener.lost(loss.member().introduction(), loss.work()));
    hopeless.forEach(this::giveUp);
  }

  /**
   * Looks at the leases, as a timer does several times a second. When that did not happen for a
   * while, this process was stopped: nobody was heard, and that is nobody's silence.
   */
  void look() {
    synchronized (this) {
      lastLookNanos = lastLookNanos == null ? nanoClock.getAsLong() : lastLookNanos;
    }
    expire();
  }

  private void forgiveStandstill(long now) {
    if (lastLookNanos != null) {
      long still = now - lastLookNanos;
      if (still > STANDSTILL_NANOS) {
        members.forgive(still);
      }
      lastLookNanos = now;
    }
  }

  private void lose(Job job, Member member, List<Job> hopeless) {
    job.lostWith.add(member.id());
    counts.retries++;
    if (job.lostWith.size() > MOST_LOSSES) {
      hopeless.add(job);
    }
  }

  private void giveUp(Job job) {
    if (job instanceof Job.Training training) {
      String message = "%d workers were lost with it.".formatted(job.lostWith.size());
      reports.settle(
          training, new Failed(training.candidate(), FailureReason.MACHINE, message, null));
    } else {
      boolean unused = reports.settle((Job.Scoring) job, ProxyAnswer.LOST);
    }
  }

  // --- on what

  private synchronized Reply orders(Request.Beat beat) {
    Member member = members.find(beat.worker());
    if (member == null || !member.isReady()) {
      return new Reply.Unknown();
    }
    member.held = beat.held();
    workload.adopt(member);
    // One that says it has more free slots than slots must not take all there is.
    int free = Math.min(beat.free(), member.slots);
    int most = isGrace() || end != null ? 0 : free;
    long now = nanoClock.getAsLong();
    List<Work> work =
        workload.handOut(member, most, placement, now).stream().map(Job::work).toList();
    member.free = free - work.size();
    return new Reply.Orders(work, workload.letGo(member), nextMillis(member));
  }

  private boolean isGrace() {
    return members.nanosSinceFirstHeard(nanoClock.getAsLong()) < plan.grace().toNanos();
  }

  /** Often enough not to waste a slot's time, seldom enough not to waste the coordinator's. */
  private long nextMillis(Member member) {
    if (isGrace()) {
      return Math.min(SOON_MILLIS, plan.beatMillis());
    }
    if (member.free <= 0) {
      return plan.beatMillis();
    }
    long idle = members.idle() * IDLE_MILLIS_EACH;
    return Math.min(plan.beatMillis(), Math.max(SHORTEST_IDLE_MILLIS, idle));
  }
}
