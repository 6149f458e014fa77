package org.finchnas.coordinator.cluster;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.finchnas.coordinator.cluster.ClusterFiles.InvalidException;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Text;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyAnswer;

/**
 * Takes what workers report, each result once. All it shares with its {@link Dispatcher} is guarded
 * by that; whoever waits for a result, and the listener, are told outside the lock.
 */
final class Reports {

  /** Of what others say, in a log or on a terminal. */
  static final int LONGEST_LINE = 2000;

  /** Results of scores that nobody asked this process for are no more wanted after this. */
  private static final long STALE_SCORE_NANOS = 60_000_000_000L;

  private static final long SOON_MILLIS = 200;
  private static final long LATER_MILLIS = 1000;

  private final Object lock;
  private final ClusterPlan plan;
  private final Members members;
  private final Workload workload;
  private final ClusterCounts counts;
  private final FileService files;
  private final ClusterListener listener;
  private final LongSupplier nanoClock;
  private final SecondTries secondTries;

  /**
   * @param lock guards members, workload and counts
   */
  Reports(
      Object lock,
      ClusterPlan plan,
      Members members,
      Workload workload,
      ClusterCounts counts,
      FileService files,
      ClusterListener listener,
      LongSupplier nanoClock) {
    this.lock = lock;
    this.plan = plan;
    this.members = members;
    this.workload = workload;
    this.counts = counts;
    this.files = files;
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.secondTries = new SecondTries(plan.settings().retries(), members);
  }

  /** What is to be done about a report. */
  private sealed interface Decision {

    record Answered(Reply reply) implements Decision {}

    /** Others try, or the same worker once more. */
    record TriedAgain(Introduction worker, String reason) implements Decision {}

    record Settled(Job.Training job) implements Decision {}
  }

  /**
   * @throws IOException if it makes no sense
   * @throws org.finchnas.coordinator.run.RunException if the run cannot go on
   */
  Reply take(Request.Report report) throws IOException {
    if (!report.run().equals(plan.run())) {
      return new Reply.Unknown();
    }
    return report.result() instanceof Result.Evaluated evaluated
        ? take(report, evaluated)
        : take(report, (Result.Scored) report.result());
  }

  private Reply take(Request.Report report, Result.Evaluated result) throws IOException {
    Evaluation evaluation = evaluation(result);
    requireItsOwn(report, evaluation);
    boolean wanted = isWanted(report);
    if (wanted && evaluation instanceof Failed failed && failed.reason() == FailureReason.MACHINE) {
      // Perhaps it was not the machine: then all others would fail alike.
      files.requireSoundStart(failed.candidate());
    }
    if (wanted && evaluation instanceof Completed completed) {
      takeWeights(report, completed);
    }
    Decision decision;
    synchronized (lock) {
      decision = decide(report, result, evaluation);
    }
    if (decision instanceof Decision.Answered answered) {
      return answered.reply();
    }
    if (decision instanceof Decision.TriedAgain again) {
      listener.retried(again.worker(), report.key(), again.reason());
      return new Reply.Accepted();
    }
    Evaluation labelled = plan.mixed() ? evaluation.computedAs(result.numericClass()) : evaluation;
    boolean kept = settle(((Decision.Settled) decision).job(), labelled);
    if (kept) {
      count(report.worker());
    }
    return kept ? new Reply.Accepted() : new Reply.Later(LATER_MILLIS);
  }

  private void requireItsOwn(Request.Report report, Evaluation evaluation) throws InvalidException {
    Job job;
    synchronized (lock) {
      job = workload.find(report.key());
    }
    Candidate candidate = evaluation.candidate();
    boolean isAsked =
        job instanceof Job.Training training && training.candidate().equals(candidate);
    if (!isAsked && !WorkKeys.of(candidate).equals(report.key())) {
      throw new InvalidException("The result of %s is another's.".formatted(report.key()));
    }
  }

  /** Whether a member says what became of work that somebody waits for. */
  private boolean isWanted(Request.Report report) {
    synchronized (lock) {
      return members.findReady(report.worker()) != null && workload.find(report.key()) != null;
    }
  }

  /** Outside the lock: they are written to disk. */
  private void takeWeights(Request.Report report, Completed completed) throws InvalidException {
    byte[] bytes = report.weights();
    if (bytes.length > 0) {
      files.take(new Request.Put(report.worker(), completed.weights(), 0, bytes.length, bytes));
    }
  }

  private static Evaluation evaluation(Result.Evaluated result) throws InvalidException {
    try {
      return EvaluationJson.evaluation(result.evaluation());
    } catch (IllegalArgumentException e) {
      throw new InvalidException("A result is no evaluation: " + e.getMessage());
    }
  }

  private Decision decide(Request.Report report, Result.Evaluated result, Evaluation evaluation)
      throws InvalidException {
    Member member = members.findReady(report.worker());
    if (member == null) {
      // What it computes as is not known yet.
      return new Decision.Answered(new Reply.Later(SOON_MILLIS));
    }
    if (!(workload.find(report.key()) instanceof Job.Training job)) {
      boolean stale = evaluation.candidate().number() <= workload.highestNumber();
      return new Decision.Answered(unasked(report.key(), stale));
    }
    if (!members.isOurs(result)) {
      // The worker's process before this one was of another build, or computed otherwise.
      workload.drop(member, job);
      return new Decision.Answered(new Reply.Accepted());
    }
    if (evaluation instanceof Completed completed && !files.hasWeights(completed.weights())) {
      return new Decision.Answered(new Reply.WantsWeights(0));
    }
    if (job.told || job.outcome.isDone()) {
      return new Decision.Answered(new Reply.Later(SOON_MILLIS));
    }
    return evaluation instanceof Failed failed
        ? decide(job, failed, member)
        : new Decision.Settled(job);
  }

  private Decision decide(Job.Training job, Failed failed, Member member) {
    if (secondTries.isKnown(job, failed) || job.toldFailure.contains(member.id())) {
      return new Decision.Answered(new Reply.Accepted());
    }
    boolean again = secondTries.allows(job, failed, member);
    boolean saysNothing =
        failed.reason() == FailureReason.MACHINE || failed.reason() == FailureReason.MEMORY;
    boolean others = job.holders.values().stream().anyMatch(holder -> holder != member);
    if (!again && !(saysNothing && others)) {
      return new Decision.Settled(job);
    }
    tryAgain(job, member);
    job.failures.add(failed);
    return new Decision.TriedAgain(
        member.introduction(), Text.line(failed.message(), LONGEST_LINE));
  }

  /** Not asked for yet by a coordinator that was just started, or long known. */
  private Reply unasked(String key, boolean stale) {
    if (workload.isSettled(key) || stale) {
      counts.duplicates++;
      return new Reply.Accepted();
    }
    return new Reply.Later(LATER_MILLIS);
  }

  private Reply take(Request.Report report, Result.Scored result) throws InvalidException {
    ProxyAnswer answer = answer(result);
    Job.Scoring job;
    synchronized (lock) {
      Member member = members.findReady(report.worker());
      if (member == null) {
        return new Reply.Later(SOON_MILLIS);
      }
      if (!(workload.find(report.key()) instanceof Job.Scoring found)) {
        long heard = members.nanosSinceFirstHeard(nanoClock.getAsLong());
        return unasked(report.key(), heard > STALE_SCORE_NANOS);
      }
      job = found;
      if (answer.lost() && isTriedAgain(job, member)) {
        return new Reply.Accepted();
      }
    }
    // Who waited may have given up meanwhile: the search is being stopped.
    return settle(job, answer) ? new Reply.Accepted() : new Reply.Later(LATER_MILLIS);
  }

  /** Whether others try, or go on; told twice it counts once. */
  private boolean isTriedAgain(Job.Scoring job, Member member) {
    if (job.toldFailure.contains(member.id()) || !member.jobs().contains(job)) {
      return true;
    }
    boolean others = job.holders.values().stream().anyMatch(holder -> holder != member);
    boolean again = secondTries.allows(job, member);
    if (again || others) {
      tryAgain(job, member);
    }
    return again || others;
  }

  private void tryAgain(Job job, Member failedAt) {
    counts.retries++;
    job.triedAgain(failedAt, nanoClock.getAsLong());
    workload.drop(failedAt, job);
  }

  private static ProxyAnswer answer(Result.Scored result) throws InvalidException {
    try {
      return new ProxyAnswer(result.values(), result.lost());
    } catch (IllegalArgumentException e) {
      throw new InvalidException("A result is no score: " + e.getMessage());
    }
  }

  /** Tells who waits for it; whether it is durable now. */
  boolean settle(Job.Training job, Evaluation evaluation) {
    synchronized (lock) {
      job.told = true;
      workload.update(job);
    }
    // Outside the lock: it is written to disk by whoever waits.
    job.outcome.complete(evaluation);
    synchronized (lock) {
      return workload.isSettled(job.key());
    }
  }

  /** Tells who waits for it; whether anybody did. */
  boolean settle(Job.Scoring job, ProxyAnswer answer) {
    synchronized (lock) {
      workload.settle(job.key());
    }
    return job.outcome.complete(answer);
  }

  private void count(String worker) {
    synchronized (lock) {
      counts.done++;
      Member member = members.find(worker);
      if (member != null) {
        member.done++;
      }
    }
  }
}
