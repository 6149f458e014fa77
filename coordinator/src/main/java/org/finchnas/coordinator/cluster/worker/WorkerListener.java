package org.finchnas.coordinator.cluster.worker;

import org.finchnas.coordinator.cluster.message.Work;

/** Watches a worker, for display only; called by several threads. */
public interface WorkerListener {

  /** Watches nothing. */
  WorkerListener NONE = new WorkerListener() {};

  /** Something a person would like to know. */
  default void said(String line) {}

  /** A piece of work was taken up. */
  default void started(Work work) {}

  /**
   * The coordinator has a result.
   *
   * @param waiting further results that wait for it
   */
  default void delivered(String key, int waiting) {}
}
