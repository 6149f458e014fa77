package org.finchnas.coordinator.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which work a worker gets. Guarded by its {@link Dispatcher}.
 *
 * @param mixed whether workers differ: then GPUs take the dearest training that is open and CPUs
 *     the cheapest, so that each does what it is good at while both have something to do
 */
record Placement(boolean mixed, Members members) {

  /**
   * So long another worker is waited for where one failed: it may train something long, or be about
   * to go and not take anything any more.
   */
  static final long PATIENCE_NANOS = 60_000_000_000L;

  /** The next in turn, or in cost; null if nothing that is open suits the worker. */
  @Nullable Job choose(SortedSet<Job> open, Member member, long nowNanos) {
    Stream<Job> possible = open.stream().filter(job -> suits(job, member, nowNanos));
    if (!mixed) {
      return possible.findFirst().orElse(null);
    }
    List<Job> all = possible.toList();
    if (all.isEmpty() || all.get(0) instanceof Job.Scoring) {
      return all.isEmpty() ? null : all.get(0);
    }
    Comparator<Job> cost = Comparator.comparingDouble(job -> ((Job.Training) job).cost());
    Comparator<Job> choice = member.introduction().hasGpu() ? cost.reversed() : cost;
    return all.stream().min(choice.thenComparing(Workload.TURN)).orElseThrow();
  }

  /** Others first where it failed, if there are any: nothing may wait for one that never comes. */
  private boolean suits(Job job, Member member, long nowNanos) {
    if (job.memoryAbove == 0 && job.failedAt.isEmpty()) {
      return true;
    }
    List<Member> ready = members.ready();
    List<Member> large =
        ready.stream()
            .filter(each -> each.introduction().largestMemory() > job.memoryAbove)
            .toList();
    List<Member> able = job.memoryAbove == 0 || large.isEmpty() ? ready : large;
    List<Member> fresh = able.stream().filter(each -> !job.failedAt.contains(each.id())).toList();
    boolean anyone = fresh.isEmpty() || nowNanos - job.failedNanos > PATIENCE_NANOS;
    return (anyone ? able : fresh).contains(member);
  }
}
