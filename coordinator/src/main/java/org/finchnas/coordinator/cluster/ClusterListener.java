package org.finchnas.coordinator.cluster;

import org.finchnas.coordinator.cluster.message.Introduction;

/** Watches a cluster, for display and the log only; called by several threads. */
public interface ClusterListener {

  /** Watches nothing. */
  ClusterListener NONE = new ClusterListener() {};

  /** A worker's slots are ready. */
  default void joined(Introduction worker, int slots, String numericClass) {}

  /** A worker was sent away, and why. */
  default void refused(Introduction worker, String reason) {}

  /**
   * A worker went.
   *
   * @param work pieces of work that others will do now
   */
  default void left(Introduction worker, int work, String reason) {}

  /**
   * Nothing was heard of a worker for a lease.
   *
   * @param work pieces of work that others will do now
   */
  default void lost(Introduction worker, int work) {}

  /** A request that made no sense, or something that should never happen. */
  default void troubled(String line) {}

  /** A worker could not do a piece of work, which is done again. */
  default void retried(Introduction worker, String work, String reason) {}
}
