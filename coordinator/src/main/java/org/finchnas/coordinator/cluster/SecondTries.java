package org.finchnas.coordinator.cluster;

import org.finchnas.evaluation.Evaluation.Failed;

/**
 * Which failures are not told but tried again, because another machine, or the same once more, may
 * do better. Guarded by its {@link Dispatcher}.
 *
 * @param retries how often a candidate is tried again that lost its slots
 */
record SecondTries(int retries, Members members) {

  /** Decides, and remembers where it failed. The same failure told twice counts once. */
  boolean allows(Job.Training job, Failed failed, Member member) {
    boolean again =
        switch (failed.reason()) {
          case MACHINE -> isLostTooSeldom(job, member);
          case MEMORY -> member.introduction().hasGpu() && hasMoreMemory(job, member);
          case DIVERGED, STEPS, INVALID -> false;
        };
    if (again) {
      job.failures.add(failed);
    }
    return again;
  }

  /** Whether this was told before, and the answer got lost. */
  boolean isKnown(Job.Training job, Failed failed) {
    return failed.execution() != null && job.failures.contains(failed);
  }

  /** Decides about a score whose slots were lost. */
  boolean allows(Job.Scoring job, Member member) {
    return isLostTooSeldom(job, member);
  }

  private boolean isLostTooSeldom(Job job, Member member) {
    job.failedAt.add(member.id());
    job.timesFailed++;
    return job.timesFailed <= retries;
  }

  /** Whether a device that is larger than all it did not fit on is there to try it. */
  private boolean hasMoreMemory(Job.Training job, Member member) {
    long memory = member.introduction().largestMemory();
    boolean first = job.memoryAbove == 0 || memory <= job.memoryAbove;
    boolean larger =
        members.ready().stream().anyMatch(other -> other.introduction().largestMemory() > memory);
    job.memoryAbove = Math.max(job.memoryAbove, memory);
    // Of a device of unknown memory all that is known is that it did not fit there.
    return job.failedAt.add(member.id()) && first && larger;
  }
}
