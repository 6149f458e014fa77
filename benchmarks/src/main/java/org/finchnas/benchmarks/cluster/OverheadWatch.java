package org.finchnas.benchmarks.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Execution;
import org.jspecify.annotations.Nullable;

/** Takes what the coordinator has used after the warm-up, and when the last candidate is asked. */
final class OverheadWatch implements SearchListener {

  private final int warmUp;
  private final int last;
  private final LongSupplier messages;
  private final AtomicInteger finished = new AtomicInteger();

  /** Not final: at the end of the warm-up. */
  private @Nullable Usage start;

  /** Not final: when nothing more is asked, and slots begin to run dry. */
  private @Nullable Usage end;

  OverheadWatch(int warmUp, int evaluations, LongSupplier messages) {
    this.warmUp = warmUp;
    this.last = evaluations - 1;
    this.messages = messages;
  }

  @Override
  public void finished(Evaluation evaluation) {
    if (!(evaluation instanceof Evaluation.Completed)) {
      throw new IllegalStateException("A fake training failed: " + evaluation);
    }
    finished.incrementAndGet();
  }

  @Override
  public void asked(Candidate candidate) {
    if (candidate.number() == last) {
      end = Usage.now(messages.getAsLong(), finished.get());
    }
  }

  @Override
  public void told(ToldEvaluation told) {
    if (start == null && finished.get() >= warmUp) {
      start = Usage.now(messages.getAsLong(), finished.get());
    }
  }

  Usage.Difference difference() {
    Usage from = start;
    Usage to = end;
    if (from == null || to == null || to.evaluations() <= from.evaluations()) {
      throw new IllegalStateException("There were too few evaluations after the warm-up.");
    }
    return from.to(to);
  }

  /** Share of the time of all slots, between the two moments, that trainings took. */
  double busyShare(List<ToldEvaluation> history, int slots) {
    Usage.Difference difference = difference();
    double busy = 0;
    for (ToldEvaluation each : history) {
      Execution execution = each.evaluation().execution();
      if (execution != null) {
        busy += overlap(execution, difference.from().at(), difference.to().at());
      }
    }
    return busy / slots / difference.seconds();
  }

  private static double overlap(Execution execution, Instant from, Instant to) {
    Instant started = execution.started().isBefore(from) ? from : execution.started();
    Instant ended = execution.started().plus(execution.took());
    ended = ended.isAfter(to) ? to : ended;
    return Math.max(0, Duration.between(started, ended).toNanos() / 1e9);
  }
}
