package org.finchnas.coordinator.cluster;

/** What happened so far in this process. Guarded by its {@link Dispatcher}. */
final class ClusterCounts {

  /** Evaluations delivered. */
  long done;

  /** Results that were known already. */
  long duplicates;

  /** Pieces of work that were given out again. */
  long retries;

  /** Workers of which nothing was heard for a lease. */
  long lostWorkers;

  /** Requests of workers. */
  long messages;
}
