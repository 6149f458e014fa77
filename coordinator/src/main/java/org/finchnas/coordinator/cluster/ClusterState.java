package org.finchnas.coordinator.cluster;

import java.util.Collection;
import java.util.List;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Introduction;

/**
 * Where a cluster stands.
 *
 * @param waiting pieces of work nobody has in hand
 * @param leased pieces of work that workers have in hand
 * @param retries pieces of work that were given out again
 * @param duplicates results that were known already
 * @param lostWorkers workers of which nothing was heard for a lease
 * @param messages requests of workers
 */
public record ClusterState(
    List<WorkerState> workers,
    int waiting,
    int leased,
    long retries,
    long duplicates,
    long lostWorkers,
    long messages) {

  public ClusterState {
    workers = List.copyOf(workers);
  }

  /**
   * One worker.
   *
   * @param slots 0 while it makes them ready
   * @param busy slots that train
   * @param done evaluations it delivered
   * @param silentSeconds since it was last heard of
   * @param held what it has in hand
   */
  public record WorkerState(
      Introduction introduction,
      int slots,
      int busy,
      int done,
      double silentSeconds,
      String numericClass,
      List<Held> held) {

    public WorkerState {
      held = List.copyOf(held);
    }

    private static WorkerState of(Member member, long nowNanos) {
      return new WorkerState(
          member.introduction(),
          member.slots,
          Math.max(0, member.slots - member.free),
          member.done,
          (nowNanos - member.lastHeardNanos) / 1e9,
          member.numericClass.orElse(""),
          member.held);
    }
  }

  static ClusterState of(
      Collection<Member> members, Collection<Job> jobs, ClusterCounts counts, long nowNanos) {
    int waiting = (int) jobs.stream().filter(Job::isOpen).count();
    return new ClusterState(
        members.stream().map(member -> WorkerState.of(member, nowNanos)).toList(),
        waiting,
        jobs.size() - waiting,
        counts.retries,
        counts.duplicates,
        counts.lostWorkers,
        counts.messages);
  }

  /** Slots that are ready. */
  public int readySlots() {
    return workers.stream().mapToInt(WorkerState::slots).sum();
  }
}
